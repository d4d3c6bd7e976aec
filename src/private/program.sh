#!/bin/sh
# The clock is the uptime, because the time of day may be stepped.
newline='
'

say() { printf '%s %s: %s\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }

finish() { # STATUS REASON
  say "$2"
  [ -z "$part" ] || rm -f "$part"*
  [ "$1" = 0 ] || { printf '%.4000s' "$2" >/dev/termination-log; } 2>/dev/null
  exit "$1"
}

clock() {
  read -r uptime _ </proc/uptime
  now=$((${uptime%.*} * 100 + 1${uptime#*.} - 100))
  elapsed=$((now - ${started:=$now}))
  seconds=$((elapsed / 100)).$((elapsed / 10 % 10))
}

# Process 1 hears TERM only while it waits.
child='' part='' started=''
trap 'clock; kill -9 $child 2>/dev/null; finish 143 "stopped by SIGTERM after $seconds s"' TERM
clock
