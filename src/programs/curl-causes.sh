#!/bin/sh
# explain STATUS URL: sets result, the cause of an exit code of curl; needs: said verdict known
explain() {
  case $1 in
    6) result=${known:-name does not resolve; a typo, or a NetworkPolicy that stops DNS?} ;;
    7) result='connection refused or no route' ;;
    47) result='too many redirects; does it want a cookie?' ;;
    60) explain_certificate ;;
    127) finish 2 'the image lacks curl' ;;
    137 | 393) result='curl was killed; not enough memory?' ;; # 393: yash
    # UNSUPPORTED_PROTOCOL WEIRD_SERVER_REPLY HTTP2 SSL_CONNECT_ERROR GOT_NOTHING SEND_ERROR
    # RECV_ERROR HTTP2_STREAM: which of them it is changes from attempt to attempt
    1 | 8 | 16 | 35 | 52 | 55 | 56 | 92)
      case $2 in
        https:*) result='closed without an answer; no TLS there, or a client certificate wanted?' ;;
        *) result='closed without an answer in HTTP/1.1; gRPC, TLS, a proxy without a server?' ;;
      esac
      ;;
    ## A number that is another one in each attempt would make a new result of it.
    *) result=$(printable "${said%%"$newline"*}" | sed 's/\([^(0-9]\)[0-9][0-9.]*/\1N/g') ;;
  esac
}

# explain_certificate: sets result by the verdict of OpenSSL
explain_certificate() {
  case $verdict in
    1) result='for another name' ;;
    9) result='not valid yet' ;;
    10) result='expired' ;;
    18 | 19) result='self-signed' ;;
    20 | 21) result='of an unknown authority' ;;
    *) result="error $verdict of OpenSSL" ;;
  esac
  result="certificate not trusted: $result"
}
