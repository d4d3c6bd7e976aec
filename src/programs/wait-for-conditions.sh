#!/bin/sh
# wait_for_condition CONDITION: in a process of its own
wait_for_condition() {
  ## What is met is no part of the message. What can never be ends the wait: all others end by USR1, behind
  ## its reason: process 1 must not end before.
  # finish STATUS TEXT: says and ends, as one of several
  finish() {
    say "$2"
    [ "$1" = 0 ] || { printf '%s\n' "$2" >>/dev/termination-log; } 2>/dev/null
    case $1 in 1 | 2) trap '' USR1 && kill -s USR1 0 ;; esac
    exit "$1"
  }
  watch_condition "$1"
}

# end_of_all: ends as the one that can never be
end_of_all() {
  trap '' USR1
  worst=1
  for process in $processes; do
    wait "$process"
    [ $? -ne 2 ] || worst=2
  done
  exit "$worst"
}
processes='' worst=0
trap end_of_all USR1
# shellcheck disable=SC2086 # one word each
set -- $step_conditions
for condition; do
  wait_for_condition "$condition" &
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
  0) finish 0 "all met after $((elapsed / 10)).$((elapsed % 10)) s" ;;
  1 | 2 | 124) exit "$worst" ;;
  *) finish 1 "a process ended with $worst; not enough memory?" ;;
esac
