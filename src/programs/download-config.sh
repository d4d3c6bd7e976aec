#!/bin/sh
# shellcheck disable=SC2086 # numbers
# fetch: one attempt; ends, or sets result wanted
fetch() {
  said=$(send 2>&1)
  status=$? facts=${said##*"$newline"} size=$(($(wc -c <"$part")))
  clock
  ## What was cut short knows no more than the attempt before.
  known=''
  [ $elapsed -lt "${step_timeout}0" ] || [ $size -gt 0 ] || known=$result
  judge
}

# progress: sets reached
progress() { reached="$(($(wc -c <"$part"))) bytes of $shown"; }

try=fetch step_attempt_timeout=$step_timeout step_poll_interval=50
