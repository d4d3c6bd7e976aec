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

## Nothing leads from https to http.
# get URL: one attempt. Of a body no more than its first byte is waited for (--max-filesize): it may
# never end. The last line has the facts; needs: answer attempt follow family ca pem
get() {
  printf '%s\n' "$pem" | curl -q -sSg -o /dev/null -w "\\n$format" --url "$1" --max-filesize 1 \
    --connect-timeout "$attempt" --max-time "$answer" --max-redirs 10 \
    --proto "=https,${1%%:*}" ${follow:+"$follow"} ${family:+"$family"} ${ca:+--cacert "$ca"}
}

# try_https URL: the same
try_https() { try_http "$1"; }
