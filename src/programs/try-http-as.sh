#!/bin/sh
# try_http URL: sets result by status and body; needs: attempt left known
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  ## A name that has no IPv4 address may have one of IPv6.
  [ -z "$family" ] || known=$result
  client_certificate "$of"
  look "$1"
  fault=$(client_fault "$status")
  [ -z "$fault" ] || finish 2 "$fault"
  read_facts "${said##*"$newline"}"
  judge
}

## Nothing leads from https to http.
# get URL OPTION...: one attempt; headers and certificates come by pipes: arguments can be read. The
# last line has the facts; needs: answer attempt follow family ca pem cert key of
get() {
  { headers "$of" && basic "$of"; } | {
    printf '%s\n' "$pem" | ask -q -sSg -w "%{stderr}\\n$format" -H @/dev/fd/3 \
      --connect-timeout "$attempt" --max-time "$answer" --max-redirs 10 --proto "=https,${1%%:*}" \
      ${follow:+"$follow"} ${family:+"$family"} ${ca:+--cacert "$ca"} \
      ${cert:+--cert "$cert" --key "$key"} --url "$@"
  } 3<&0
}

# get_status URL: the same. Of a body one byte is waited for (--max-filesize): it may never end
get_status() { get "$1" -o /dev/null --max-filesize 1 2>&1; }

# try_https URL: the same
try_https() { try_http "$1"; }
