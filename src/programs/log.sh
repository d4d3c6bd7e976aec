#!/bin/sh
# say TEXT: logs a line
say() { printf '%s %s: %s\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }

## Endpoints that fail side by side append their reasons to one file. An older reason is never in it:
## the kubelet makes an empty one for each run of a container.
# finish STATUS TEXT: ends; TEXT is the termination message
finish() {
  say "$2"
  { printf '%s\n' "$2" >>/dev/termination-log; } 2>/dev/null
  exit "$1"
}
