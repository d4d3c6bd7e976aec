#!/bin/sh
# shellcheck disable=SC2086 # numbers
# download: tries until the file is there, can never come, or time is over
download() {
  tries=0 told='' line="$shown: no answer in $step_timeout s"
  say "downloading $shown, at most $step_timeout s"
  while clock && [ $((left = ${step_timeout}0 - elapsed)) -gt 0 ]; do
    said=$(send 2>&1)
    status=$? facts=${said##*"$newline"} size=$(($(wc -c <"$part"))) tries=$((tries + 1))
    clock
    [ $status:$size:$((elapsed < ${step_timeout}0)) != 28:0:0 ] || break # cut short by the deadline
    judge
    line="$shown: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    was=$told told=$result$((elapsed / 100))
    [ "$told" = "$was" ] || say "$line"
    pause=$((elapsed < 10 ? 1 : elapsed < 500 ? elapsed / 10 : 50))
    [ $elapsed -lt "${step_timeout}0" ] || break
    [ $pause -gt "${rest}0" ] || pause=${rest}0
    [ $((elapsed + pause)) -lt "${step_timeout}0" ] || pause=$((${step_timeout}0 - elapsed))
    sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $line"
  done
  finish 124 "gave up: $line"
}

shown=${step_url%%\?*} # behind it may be a secret
case $step_url in https:*) schemes=https ;; *) schemes=http,https ;; esac
while sleep 10 && clock; do
  say "$(($(wc -c <"$part"))) bytes of $shown, $((elapsed / 10)) s of $step_timeout s"
done &
download &
