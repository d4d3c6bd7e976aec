#!/bin/sh
# shellcheck disable=SC2086 # numbers
# wait_for ADDRESS [TRY]: tries until it is up
wait_for() {
  tries=0 told=''
  while clock && left=$((${step_timeout}0 - elapsed)) && [ $left -gt 0 ]; do
    attempt=$step_attempt_timeout
    [ $left -ge "${attempt}0" ] || attempt=$((left / 10)).$((left % 10))
    tries=$((tries + 1))
    "${2-try_${1%%:*}}" "$1"
    clock
    line="${1%%\?*}: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    [ "$result" != up ] || finish 0 "$line"
    case $told in
      *"<$result>"*,$((elapsed / 100))) ;;
      *) say "$line" && told="${told%,*}<$result>,$((elapsed / 100))" ;;
    esac
    pause=$((elapsed < 10 ? 1 : elapsed / 10))
    [ $pause -lt "$step_poll_interval" ] || pause=$step_poll_interval
    sleep $((pause / 10)).$((pause % 10)) || exit
  done
  finish 124 "gave up: $line"
}
