#!/bin/sh
# try_http URL: sets result by the status, and by the body; needs: attempt left known
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  client_certificate "$of"
  look "$1"
  judge_client
  read_facts "${said##*"$newline"}"
  judge
}

# get URL OPTION...: one attempt; headers and certificates come by pipes: arguments can be read
# needs: answer attempt follow family ca pem cert key of
get() {
  case $1 in https:*) schemes=https ;; *) schemes=http,https ;; esac
  { headers "$of" && basic "$of"; } | {
    printf '%s\n' "$pem" | curl -q -sSg --connect-timeout "$attempt" --max-time "$answer" \
      --max-redirs 10 --proto "=$schemes" -H @/dev/fd/3 ${follow:+"$follow"} ${family:+"$family"} \
      ${ca:+--cacert "$ca"} ${cert:+--cert "$cert" --key "$key"} --url "$@"
  } 3<&0
}

# get_status URL: of a body no more than its first byte is waited for (--max-filesize): it may never
# end. The last line has the facts
get_status() { get "$1" -o /dev/null -w "\\n$facts" --max-filesize 1; }
facts='%{http_code},%{http_connect},%{size_download},%{time_connect},%{time_total}'
facts="$facts,%{num_redirects},%{ssl_verify_result},%{url_effective}"

# try_https URL: the same
try_https() { try_http "$1"; }
