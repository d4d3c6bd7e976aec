// Made from wait-for-service.sh by 'npx projen programs'; do not edit.
/* eslint-disable */
export const WAIT_FOR_SERVICE = `# ENDPOINTS: lines of ADDRESS [STATUSES [CERTIFICATE]]
newline='
'

say() { printf '%s %s: %s\\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }

finish() { # STATUS REASON
  say "$2"
  [ -z "$part" ] || rm -f "$part"*
  [ "$1" = 0 ] || { printf '%.4000s' "$2" >/dev/termination-log; } 2>/dev/null
  exit "$1"
}

clock() { # by the uptime: the time of day may be stepped
  read -r uptime _ </proc/uptime
  now=$((\${uptime%.*} * 100 + 1\${uptime#*.} - 100))
  elapsed=$((now - \${started:=$now}))
  seconds=$((elapsed / 100)).$((elapsed / 10 % 10))
}

# Process 1 hears TERM only while it waits.
child='' part='' started=''
trap 'clock; kill $child 2>/dev/null; finish 143 "stopped by SIGTERM after $seconds s"' TERM
clock

pause() { # a tenth of the time so far, at most $1 hundredths
  clock
  pause=$((elapsed < 100 ? 10 : elapsed / 10))
  pause=$((pause < $1 ? pause : $1))
  sleep "$((pause / 100)).$((pause / 10 % 10))$((pause % 10))" || exit
}

try_all() { # side by side
  { sleep "$TIMEOUT" && echo 0 deadline; } 2>/dev/null &
  while sleep 10 && echo 0 heartbeat; do :; done 2>/dev/null &
  number=0
  for line; do
    number=$((number + 1))
    keep_trying "$number" "$line" &
  done
}

keep_trying() {
  tries=0 successes=0 state=waiting
  while [ $state = waiting ]; do
    [ $tries = 0 ] || pause $((POLL_INTERVAL_MS / 10))
    tries=$((tries + 1))
    result=$(try $2 2>&1)
    case $? in
      0) successes=$((successes + 1)) result="up $successes of $SUCCESS_THRESHOLD times" ;;
      1) successes=0 ;;
      *) state=failed ;;
    esac
    [ $successes -lt "$SUCCESS_THRESHOLD" ] || state=up result=up
    printf '%s\\n' "$1 $state \${2%% *}: \${result##*"$newline"} (attempt $tries)" || exit
  done
}

report() {
  waiting=$#
  while read -r number state text; do
    clock
    case $state in
      heartbeat) list_waiting "$@" && say "still waiting, $seconds s of $TIMEOUT s: $list" ;;
      deadline) list_waiting "$@" && finish 124 "gave up after $TIMEOUT s: $list" ;;
      failed) finish 1 "$text" ;;
      *)
        eval "before=\\\${last_$number-} last_$number=\\$text"
        [ "\${text% \\(*}" = "\${before% \\(*}" ] || say "$text, $seconds s of $TIMEOUT s"
        [ "$state" = waiting ] || eval "waiting=$((waiting - 1)) last_$number="
        ;;
    esac
    [ $waiting -gt 0 ] || finish 0 "all up after $seconds s"
  done
  finish 1 'cannot go on; see above'
}

list_waiting() {
  list='' number=0
  for line; do
    number=$((number + 1))
    eval "text=\\\${last_$number-\\\${line%% *}: no answer yet}"
    list=$list\${text:+; $text}
  done
  list=\${list#; }
}

try() {
  case $1 in
    tcp:*) host=\${1%:*} host=\${host#tcp://} host=\${host#[} && reach "\${host%]}" "\${1##*:}" ;;
    dns:*) reach -s "\${1#dns:}" 127.0.0.1 1 ;; # only looks it up
    *) get "$@" ;;
  esac
  case \${1%%:*}:$status:$message in
    tcp:0:* | http*:up:* | dns:0:* | dns:1: | dns:1:*bind* | dns:1:*assign*) return 0 ;;
    *'bad address'* | http*:6:*) message='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    tcp:1: | http*:7:*) message='connection refused or no route' ;;
    *:124:* | *:143:* | http*:28:*) message="no answer in $ATTEMPT_TIMEOUT s" ;;
    *:137:*) message='killed; not enough memory?' ;;
    *:12[67]:*) echo "$message" && return 2 ;;
    http*:0:*) message="status $code" ;;
  esac
  echo "$message" && return 1
}

reach() {
  message=$(timeout "$ATTEMPT_TIMEOUT" nc -z "$@" 2>&1 </dev/null)
  status=$(($? % 256)) # 399 in yash
}

get() { # the body does not count
  pem='' ca=''
  [ -z "\${3-}" ] || eval "pem=\\\${$3-} ca=\\\${$3_FILE:-/dev/stdin}"
  message=$(printf '%s\\n' "$pem" | curl -q -sSLg -o /dev/null -w '\\n%{http_code}' --max-redirs 10 \\
    --max-time "$ATTEMPT_TIMEOUT" --proto '=http,https' \${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? code=\${message##*"$newline"} message=\${message%%"$newline"*}
  case ,\${2:-2xx}, in *",$code,"* | *",\${code%??}xx,"*) status=up ;; esac
}

set -f
IFS=$newline
set -- $ENDPOINTS
unset IFS
say "waiting at most $TIMEOUT s for: $*"
try_all "$@" | report "$@" &
child=$!
wait "$child"
`;
