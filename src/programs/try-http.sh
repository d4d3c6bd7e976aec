#!/bin/sh
# try_http URL: sets result by the status; needs: attempt left known
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  ## A name that has no IPv4 address may have one of IPv6.
  [ -z "$family" ] || known=$result
  said=$(get "$1" 2>&1)
  status=$?
  read_facts "${said##*"$newline"}"
  judge
}

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

## Nothing leads from https to http.
# get URL: one attempt. Of a body no more than its first byte is waited for (--max-filesize): it may
# never end. The last line has the facts; needs: answer attempt follow family ca pem
get() {
  facts='%{http_code},%{http_connect},%{size_download},%{time_connect},%{time_total}'
  facts="$facts,%{num_redirects},%{ssl_verify_result},%{url_effective}"
  printf '%s\n' "$pem" | curl -q -sSg -o /dev/null -w "\\n$facts" --url "$1" --max-filesize 1 \
    --connect-timeout "$attempt" --max-time "$answer" --max-redirs 10 \
    --proto "=https,${1%%:*}" ${follow:+"$follow"} ${family:+"$family"} ${ca:+--cacert "$ca"}
}

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
family=''

# compare_status: sets result, up if code is one of statuses; needs: code statuses
compare_status() {
  case "|$statuses|" in
    *"|$code|"* | *"|${code%??}xx|"*) result=up ;;
    *) result="status $code" ;;
  esac
}

# try_https URL: the same
try_https() { try_http "$1"; }
