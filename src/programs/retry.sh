#!/bin/sh
# shellcheck disable=SC2086 # numbers
## The log: a line for each change, and one every T/10 s. An attempt takes 4 s at most and a pause 1 s, or else
## there is a heartbeat beside it. What changes all the time gets no more lines than one every T/10 s and a few
## in advance: lines begins below zero, and beat counts the times T.
## Attempts grow from 1 s on: what hangs at first, mostly a Service without ready pods, may not hang again.
## Needs: step_timeout step_attempt_timeout step_poll_interval
# retry SHOWN TRY: until TRY sets result to up, or time is over
retry() {
  tries=0 told='' result='' line="$1: not tried"
  while clock && [ $((left = ${step_timeout}0 - elapsed)) -gt 0 ]; do
    attempt=$((elapsed / 50 + 1)) known='' wanted=0 tries=$((tries + 1))
    [ $attempt -lt "$step_attempt_timeout" ] || attempt=$step_attempt_timeout
    [ $left -ge "${attempt}0" ] || attempt=$((left / 10)).$((left % 10)) known=$result
    "$2" "$1"
    clock
    line="$1: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    [ "$result" != up ] || finish 0 "$line"
    beat=$((elapsed / T))
    if [ "$result$beat" != "$told" ] && [ $lines -le $beat ]; then
      say "$line"
      told=$result$beat lines=$((lines + 1))
    fi
    rest
  done
  finish 124 "gave up: $line"
}

# rest: a tenth of the time so far, by chance less, or what a server wanted; until the deadline
rest() {
  pause=$((elapsed / 10)) left=$((${step_timeout}0 - elapsed)) chance=0
  [ "$pause" -gt "$first" ] || pause=$first
  [ "$pause" -lt "$step_poll_interval" ] || pause=$step_poll_interval
  { read -r chance </proc/sys/kernel/random/uuid; } 2>/dev/null
  pause=$((pause - (pause * 0x${chance%"${chance#?}"} + 75) / 150))
  [ "$pause" -ge "$wanted" ] || pause=$wanted
  [ "$pause" -lt "$left" ] || pause=$((left > 0 ? left : 0))
  sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $line"
}
T=45 lines=-2 first=1
