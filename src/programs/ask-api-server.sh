#!/bin/sh
# Where it is the kubelet says in every container: no other variable is read that no step wrote.
host=${KUBERNETES_SERVICE_HOST-} port=${KUBERNETES_SERVICE_PORT-}
case $host in *:*) host="[$host]" ;; esac
[ -n "$host$port" ] || finish 2 'no KUBERNETES_SERVICE_HOST: where is the API server?'
for file in token ca.crt; do
  [ -r "$step_api/$file" ] || finish 2 "cannot read $step_api/$file"
done

# bearer: prints the header with the token, which the kubelet renews; arguments can be read
bearer() { printf 'Authorization: Bearer ' && cat "$step_api/token"; }

## A connection that is cut without a word is noticed by keepalive in half a minute. A server that
## is stopped answers keepalive, but sends no bookmark, one a minute: after 90 s it counts as silent.
## curl writes to stderr in pieces, between which those of others might come: it is told at the end.
# ask TENTHS URL: prints the answer; tells fd 3 which process asks, and behind it how it ended
ask() {
  {
    told_by_curl=$({
      bearer | request "$1" "$2" 2>&1 >&4 &
      echo "process $!" >&3
      wait $!
      echo "status $?"
    } 2>/dev/null)
    printf '%s\n' "$told_by_curl" >&3
  } 4>&1
}

# request TENTHS URL: becomes curl, which is to be stopped
request() {
  exec curl -q -sSgN --http1.1 --proto =https --noproxy '*' -H @- -H 'Accept: application/json' \
    --cacert "$step_api/ca.crt" --connect-timeout 5 --max-time $(($1 / 10)).$(($1 % 10)) \
    --keepalive-time 3 --speed-limit 1 --speed-time 90 \
    -w '%{stderr}facts %{http_code},%{ssl_verify_result},%header{retry-after}\n' "$2"
}

# judge: prints what answers mean, as they come; needs: condition
judge() {
  LC_ALL=C condition=$condition awk "$rules"
  echo 'end of the answer'
}
