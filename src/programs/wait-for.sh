#!/bin/sh
# shellcheck disable=SC2086 # numbers
# wait_for ADDRESS TRY T: says what changes, and all again after T/10 s
wait_for() {
  tries=0 told=''
  while clock && [ $((left = ${step_timeout}0 - elapsed)) -gt 0 ]; do
    attempt=$step_attempt_timeout tries=$((tries + 1))
    [ $left -ge "${attempt}0" ] || attempt=$((left / 10)).$((left % 10))
    "$2" "$1"
    clock
    line="${1%%\?*}: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    [ "$result" != up ] || finish 0 "$line"
    was=$told told=$result$((elapsed / $3))
    [ "$told" = "$was" ] || say "$line"
    pause=$((elapsed < 10 ? 1 : elapsed / 10))
    [ $pause -lt "$step_poll_interval" ] || pause=$step_poll_interval
    sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $line"
  done
  finish 124 "gave up: $line"
}
