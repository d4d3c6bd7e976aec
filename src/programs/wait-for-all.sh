#!/bin/sh
# wait_for_endpoint ENDPOINT: in a process of its own
wait_for_endpoint() {
  ## What is up is no part of the message. What can never be up ends the wait: others end by USR1 before it says why.
  # finish STATUS TEXT: says and ends, as one of several
  finish() {
    [ "$1" -ne 2 ] || { trap '' USR1 && kill -s USR1 0 && sleep 0.1; }
    say "$2"
    [ "$1" = 0 ] || { printf '%s\n' "$2" >>/dev/termination-log; } 2>/dev/null
    exit "$1"
  }
  options "$1"
  show "$address"
  retry "$shown" "$try"
}

trap 'trap "" USR1; wait; exit 2' USR1
set -f # the ? of a URL is no pattern
# shellcheck disable=SC2086 # one word each
set -- $step_endpoints
## timeout of busybox leaves a process that counts the seconds: it lives on for one of them.
first=$(($# / 4 + 1))
processes='' worst=0
for endpoint; do
  wait_for_endpoint "$endpoint" &
  processes="$processes $!"
done
## Who gives up says so last; only what is killed is said behind it.
for process in $processes; do
  wait "$process"
  status=$?
  [ "$status" -lt "$worst" ] || worst=$status
done
trap '' TERM
kill 0 # the heartbeat
clock
case $worst in
  0) finish 0 "all up after $((elapsed / 10)).$((elapsed % 10)) s" ;;
  1 | 2 | 124) exit "$worst" ;;
  *) finish 1 "a process ended with $worst; not enough memory?" ;;
esac
