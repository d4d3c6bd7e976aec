#!/bin/sh
# try_tls tls://HOST:PORT: sets result, up if a handshake succeeds; needs: attempt known
try_tls() {
  case $result in up*) ;; *) choose "$1" ;; esac
  case $host in *:*) said="[$host]" ;; *) said=$host ;; esac
  said=$(shake_hands "https://$said:$port" 2>&1)
  status=$? facts=${said##*"$newline"}
  verdict=${facts#*,}
  case $status:${facts%,*} in
    28:0.000000) why_not 28 ;;
    *:0.000000 | *: | *[!0-9:.]*) explain "$status" https: ;;
    *) result=up ;; # the time of the handshake
  esac
}

## Redis takes a line that begins with Host: for an attack.
# shake_hands URL: says QUIT behind the handshake, at which servers close; needs: attempt ca pem
shake_hands() {
  if [ -n "$ca" ]; then set -- "$1" --cacert "$ca"; else set -- "$1" -k; fi
  printf '%s\n' "$pem" | curl -q -sSg -o /dev/null -w '\n%{time_appconnect},%{ssl_verify_result}' \
    --noproxy '*' --http1.1 --no-alpn -X QUIT -H Host: -H Accept: -A '' --max-filesize 1 \
    --max-time "$attempt" --url "$@"
}
