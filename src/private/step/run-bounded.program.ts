// Made from run-bounded.sh by 'npx projen programs'; do not edit.
/* eslint-disable */
export const RUN_BOUNDED = `newline='
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

limit=$1
shift
# As process 1 busybox's timeout never fires, so it runs in the background; with -k it also ends what ignores TERM.
case $(timeout --help 2>&1) in *-k*) kill_later='-k 5' ;; *) kill_later='' ;; esac
timeout $kill_later "$limit" "$@" &
child=$!
trap 'kill "$child"; wait "$child"; clock; finish 143 "stopped by SIGTERM after $seconds s"' TERM
wait "$child"
status=$?
clock
[ "$elapsed" -lt $((limit * 100)) ] || finish 124 "gave up after $limit s: $1 did not end"
exit $status
`;
