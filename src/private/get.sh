#!/bin/sh
# get URL [STATUSES [CERTIFICATE]]: only the status counts.
get() {
  pem='' ca=''
  [ -z "${3-}" ] || eval "pem=\${$3-} ca=\${$3_FILE:-/dev/stdin}"
  result=$(printf '%s\n' "$pem" | curl -q -sSLg -o /dev/null -w '\n%{http_code}' --max-redirs 10 \
    --max-time "$ATTEMPT_TIMEOUT" --proto '=http,https' ${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? code=${result##*"$newline"} result=${result%%"$newline"*}
  case $status,${2:-2xx},$result in
    *",$code,"* | *",${code%??}xx,"*) result=up ;;
    0,*) result="status $code" ;;
    *Resolving*) cause 6 ;;
    *) cause $status ;;
  esac
}
