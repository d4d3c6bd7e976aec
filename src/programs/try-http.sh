#!/bin/sh
# try_http URL: sets result by the status alone; needs: attempt left statuses ca pem
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  # of a body no more than its first byte is waited for (--max-filesize): it may never end
  said=$(printf '%s\n' "$pem" | curl -q -sSLg -o /dev/null --max-redirs 10 --proto '=http,https' \
    -w '\n%{http_code},%{size_download},%{time_connect},%{time_total},%{ssl_verify_result}' \
    --connect-timeout "$attempt" --max-time "$answer" --max-filesize 1 \
    ${family:+"$family"} ${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? facts=${said##*"$newline"} verdict=${said##*,}
  code=${facts%%,*} seconds=${facts%.*} seconds=${seconds##*,}
  case $status:$facts in
    28:*,0.000000,*) no_connection ;;
    28:*,0,*) result=${known:-"no answer in $seconds s"} ;; # headers may have come in part only
    *) judge_answer "$1" ;;
  esac
}

# no_connection: sets result, and family for the next attempt: the look-up of IPv6 may be what hangs
no_connection() {
  result="no answer in $seconds s; no ready pods behind the Service? a NetworkPolicy? no DNS?"
  result=${known:-$result}
  case $family in '') family=-4 ;; *) family='' ;; esac
}
family=''

# judge_answer URL: sets result; needs: status code statuses
judge_answer() {
  case $status:$code in
    *:000) explain "$status" "$1" ;;
    # PARTIAL_FILE OPERATION_TIMEDOUT RECV_ERROR FILESIZE_EXCEEDED HTTP2_STREAM concern the body
    0:* | 18:* | 28:* | 56:* | 63:* | 92:*) compare_status ;;
    *) explain "$status" "$1" ;; # behind a redirect
  esac
}

# compare_status: sets result, up if code is one of statuses; needs: code statuses
compare_status() {
  case "|$statuses|" in
    *"|$code|"* | *"|${code%??}xx|"*) result=up ;;
    *) result="status $code" ;;
  esac
}

# try_https URL: the same
try_https() { try_http "$1"; }
