#!/bin/sh
# judge: sets result, and what leads to it
judge() {
  redirected=''
  case $status:$redirects:$code in
    47:*) ;; # TOO_MANY_REDIRECTS
    [!0]*:[1-9]*:3*) redirected="redirects to $(printable "${where%%[?#]*}"): " code=000 ;;
  esac
  case $code:$status:$size:${redirected:+redirected}:$proxy in
    ## Of no body the headers may have come in part only.
    ???:28:0:*) no_answer ;;
    000:1:*:redirected:*) result='https leads to https only' ;;
    000:*:[45]??) result="the proxy answers $proxy" ;;
    000:* | ???:47:*) explain "$status" "$where" && family='' ;;
    *) compare_status ;;
  esac
  [ "$result" != "$known" ] || redirected=''
  result=$redirected${result:-curl ended with $status}
}

format='%{http_code},%{http_connect},%{size_download},%{time_connect},%{time_total}'
format="$format,%{num_redirects},%{ssl_verify_result},%{url_effective}"
# read_facts LINE: sets code proxy size connected seconds redirects verdict where
read_facts() {
  IFS=,
  # shellcheck disable=SC2086 # fields
  set -- $1
  [ $# -ge 8 ] || set -- 000 000 0 0 0 0 0 ''
  code=$1 proxy=$2 size=$3 connected=$4 seconds=${5%.*} redirects=$6 verdict=$7
  shift 7
  where=$*
  unset IFS
}

# no_answer: sets result, and family for the next attempt: the look-up of IPv6 may be what hangs
no_answer() {
  result="no answer in $seconds s"
  case $connected$redirected in
    0.000000)
      result="$result; no ready pods behind the Service? a NetworkPolicy? no DNS?"
      case $family in '') family=-4 ;; *) family='' ;; esac
      ;;
  esac
  result=${known:-$result}
}
family='' lacks=''

# compare_status: sets result, up if code is one of statuses; needs: lacks
compare_status() {
  case "|$statuses|" in
    *"|$code|"* | *"|${code%??}xx|"*) result=${lacks:-up} ;;
    *) result="status $code" ;;
  esac
}
