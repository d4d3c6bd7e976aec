#!/bin/sh
newline='
'

# try_http URL: sets result by the status alone. needs: statuses ca pem
try_http() {
  # of a body no more than its first byte is waited for (--max-filesize): it may never end
  said=$(printf '%s\n' "$pem" | curl -q -sSLg -o /dev/null -w '\n%{http_code},%{size_download}' \
    --max-redirs 10 --max-time "$attempt" --max-filesize 1 --proto '=http,https' \
    ${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? facts=${said##*"$newline"}
  # when time is up headers may have come in part only, unless there is a body, too
  case $status:$facts in 28:*,0) code=000 ;; *) code=${facts%,*} ;; esac
  case "|$statuses|" in
    *"|$code|"* | *"|${code%??}xx|"*) result=up ;;
    *) explain_curl $status "$1" ;;
  esac
}
try_https() { try_http "$1"; }

# explain_curl STATUS URL: sets result; the names are those of curl's exit codes. needs: said code
explain_curl() {
  case $1 in
    0 | 18 | 63) result="status $code" ;; # PARTIAL_FILE and FILESIZE_EXCEEDED say nothing of it
    6) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7) result='connection refused or no route' ;;
    28) result="no answer in $attempt s" ;;
    47) result='more than 10 redirects; does it want a cookie?' ;;
    60) result="certificate not trusted: $(curl_words "$said")" ;; # PEER_FAILED_VERIFICATION
    # UNSUPPORTED_PROTOCOL WEIRD_SERVER_REPLY HTTP2 SSL_CONNECT_ERROR GOT_NOTHING SEND_ERROR
    # RECV_ERROR HTTP2_STREAM: which it is changes from attempt to attempt
    1 | 8 | 16 | 35 | 52 | 55 | 56 | 92)
      case $2 in
        https:*) result='closed without an answer; no TLS there, or a client certificate wanted?' ;;
        *) result='closed without an answer in HTTP/1.1; gRPC, TLS, a proxy without a server?' ;;
      esac
      ;;
    127) finish 2 'curl is missing' ;;
    137) result='killed; not enough memory?' ;;
    *) result="curl ended with $1: $(curl_words "$said")" ;;
  esac
}

# curl_words SAID: prints the last words of its first line; a server may have chosen them
curl_words() {
  words=${1%%"$newline"*}
  words=${words##*: }
  printf '%.200s' "${words% (*)}" | tr -d '\000-\037\177'
}
