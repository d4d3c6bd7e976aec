// Made from wait-for-http.sh by 'npx projen programs'; do not edit.
/* eslint-disable */
export const WAIT_FOR_HTTP = `newline='
'

say() { printf '%s %s: %s\\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }

finish() { # STATUS REASON
  say "$2"
  [ -z "$part" ] || rm -f "$part"*
  [ "$1" = 0 ] || { printf '%.4000s' "$2" >/dev/termination-log; } 2>/dev/null
  exit "$1"
}

clock() {
  read -r uptime _ </proc/uptime
  now=$((\${uptime%.*} * 100 + 1\${uptime#*.} - 100))
  elapsed=$((now - \${started:=$now}))
  seconds=$((elapsed / 100)).$((elapsed / 10 % 10))
}

# Process 1 hears TERM only while it waits.
child='' part='' started=''
trap 'clock; kill -9 $child 2>/dev/null; finish 143 "stopped by SIGTERM after $seconds s"' TERM
clock

pause() { # a tenth of the time so far, at most $1 hundredths
  clock
  pause=$((elapsed < 100 ? 10 : elapsed / 10))
  nap $((pause < $1 ? pause : $1))
}

nap() { # HUNDREDTHS
  sleep "$(($1 / 100)).$(($1 / 10 % 10))$(($1 % 10))" || exit
}

cause() {
  case $(($1 % 256)) in
    0) result=up ;;
    6) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7) result='connection refused or no route' ;;
    28) result="no answer in $ATTEMPT_TIMEOUT s" ;;
    124 | 143) result="no answer in $ATTEMPT_TIMEOUT s; a NetworkPolicy, or no DNS?" ;;
    137) result='killed; not enough memory?' ;;
  esac
}

reach() {
  host=\${1%:*} host=\${host#tcp://} host=\${host#[}
  case $1 in
    tcp:*) connect "\${host%]}" "\${1##*:}" ;;
    *) connect -s "\${1#dns:}" 127.0.0.1 1 ;;
  esac
  case \${1%%:*}:$status:$result in
    *'bad address'*) cause 6 ;;
    tcp:1:) cause 7 ;;
    dns:1: | dns:1:*bind* | dns:1:*assign*) cause 0 ;;
    *) cause $status ;;
  esac
}

connect() {
  result=$(timeout "$ATTEMPT_TIMEOUT" nc -z "$@" 2>&1 </dev/null)
  status=$?
  result=\${result##*"$newline"}
}

get() {
  pem='' ca=''
  [ -z "\${3-}" ] || eval "pem=\\\${$3-} ca=\\\${$3_FILE:-/dev/stdin}"
  result=$(printf '%s\\n' "$pem" | curl -q -sSLg -o /dev/null -w '\\n%{http_code}' --max-redirs 10 \\
    --max-time "$ATTEMPT_TIMEOUT" --proto '=http,https' \${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? code=\${result##*"$newline"} result=\${result%%"$newline"*}
  case $status,\${2:-2xx},$result in
    *",$code,"* | *",\${code%??}xx,"*) result=up ;;
    0,*) result="status $code" ;;
    *Resolving*) cause 6 ;;
    *) cause $status ;;
  esac
}

try() { case $1 in http*) get "$@" ;; *) reach "$1" ;; esac }
for tool in curl nc timeout; do command -v $tool >/dev/null || finish 2 "the image lacks $tool"; done
keep_trying() {
  tries=0 successes=0
  until [ $successes = "$SUCCESS_THRESHOLD" ]; do
    [ $tries = 0 ] || pause $((POLL_INTERVAL_MS / 10))
    tries=$((tries + 1))
    try "$@"
    if [ "$result" = up ]; then
      successes=$((successes + 1))
      [ $successes = "$SUCCESS_THRESHOLD" ] || result="up $successes of $SUCCESS_THRESHOLD times"
    else
      successes=0
    fi
    printf '%s\\n' "$number $1: $result (attempt $tries)" || exit
  done
}

report() { # each result once, the last ones every 10 s
  while read -r event text && clock; do
    if [ "$event" != tick ]; then
      key="<\${text% \\(*}>"
      eval "said=\\\${said_$event-} last_$event=\\$text"
      case $said in *"$key"*) ;; *) eval "said_$event=\\$said\\$key" && say "$text, $seconds s of $TIMEOUT s" ;; esac
      case $text in *': up (attempt '*) eval "last_$event=" ;; esac
    fi
    list='' number=0
    for line; do
      number=$((number + 1))
      eval "last=\\\${last_$number-\\\${line%% *}: no answer yet}"
      list=$list\${last:+; $last}
    done
    list=\${list#; }
    [ -n "$list" ] || finish 0 "all up after $seconds s"
    [ "$elapsed" -lt $limit ] || finish 124 "gave up after $TIMEOUT s: $list"
    [ "$event" != tick ] || say "still waiting, $seconds s of $TIMEOUT s: $list"
  done
  finish 1 "cannot go on: $list"
}

limit=$((TIMEOUT * 100))
set -f
IFS=$newline
set -- $ENDPOINTS
unset IFS
say "waiting at most $TIMEOUT s for: $*"
{
  while left=$((limit - elapsed)) && [ $left -gt 0 ] && nap $((left < 1000 ? left : 1000)) && echo tick; do clock; done &
  number=0
  for line; do
    number=$((number + 1))
    keep_trying $line 2>/dev/null &
  done
} | report "$@" &
child=$!
wait "$child"
`;
