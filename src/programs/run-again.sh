#!/bin/sh
# usage: SECONDS LIMIT INTERVAL FINAL COMMAND... FINAL are exit codes, with blanks between. The
# command finds the variables that the user set: none but step_... is assigned where it runs.
# What it prints goes through a pipe to relay, which knows our own lines by a mark.
step_seconds=$1 step_limit=$2 step_interval=$3 step_final=$4
shift 4
step_start=$(start=0 && clock && echo "$elapsed")
read -r step_mark </proc/sys/kernel/random/uuid

# step_left: prints how many seconds are left; 0: none
step_left() (start=$step_start && clock && echo $((step_seconds - elapsed / 10)))

# step_tell WORDS: prints them for relay, on a line of their own
step_tell() { printf '\n%s %s\n' "$step_mark" "$*"; }

# step_stopped: lets the command end, and tells that it is over; needs: step_pid
step_stopped() {
  {
    $step_kill "$step_pid"
    wait "$step_pid"
  } 2>/dev/null
  step_tell stopped
  exit
}

# try_again COMMAND...: runs it until it ends with 0 or a final code, or time is over
try_again() {
  trap step_stopped TERM INT QUIT
  while step_before=$(step_left 0) && [ "$step_before" -gt 0 ]; do
    step_most=$step_before
    [ "$step_most" -lt "$step_limit" ] || step_most=$step_limit
    bounded "$step_most" "$@" 2>&1 &
    step_pid=$!
    { wait "$step_pid"; } 2>/dev/null # some shells say how it ended
    step_ended $? || return
    [ "$step_after" -lt "$step_interval" ] || step_after=$step_interval
    [ "$step_after" -le 0 ] || sleep "$step_after"
  done
  step_tell over
}

# step_ended STATUS: tells how a try ended; sets step_after (seconds left); fails if it was the last
step_ended() {
  [ "$1" -lt 384 ] || set -- $(($1 - 256)) # yash adds 384 to a signal, others 128
  step_after=$(step_left 0)
  case $1 in
    124 | 137 | 143)
      [ $((step_before - step_after)) -lt "$step_most" ] || set -- late "$step_most"
      ;;
  esac
  case " 0 $step_final " in
    *" $1 "*) step_tell end "$1" && return 1 ;;
  esac
  [ $# = 2 ] || set -- failed "$1"
  step_tell "$@"
}

# kill 0 reaches the whole process group, to which relay belongs, and what runs under timeout of
# busybox; timeout of others makes a group of its own.
case $(timeout --help 2>&1) in
  *BusyBox*) step_kill=: ;;
  *) step_kill='kill' ;;
esac
trap 'trap "" TERM; kill 0; wait; exit 143' TERM INT QUIT
try_again "$@" | relay "$1" &
wait $!
