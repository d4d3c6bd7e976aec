#!/bin/sh
# download: tries until the file is there, can never come, or time is over
download() {
  tries=0 told='' line="$shown: no answer in $step_timeout s"
  while left=$((${step_timeout}0 - elapsed)) && [ $left -gt 0 ]; do
    said=$(send 2>&1)
    status=$? facts=${said##*"$newline"} size=$(($(wc -c <"$part"))) tries=$((tries + 1))
    clock
    [ $status$((elapsed < ${step_timeout}0)) != 280 ] || break # cut short by the deadline
    judge
    line="$shown: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    case $told in *"<$status $code>"*) ;; *) say "$line" && told="$told<$status $code>" ;; esac
    pause=$((elapsed < 10 ? 1 : elapsed < 500 ? elapsed / 10 : 50))
    [ $pause -gt $rest ] || pause=$rest
    [ $((elapsed + pause)) -lt "${step_timeout}0" ] || break
    sleep $((pause / 10)).$((pause % 10)) || exit
    clock
  done
  finish 124 "gave up: $line"
}

shown=${step_url%%\?*} # behind it may be a secret
case $step_url in https:*) schemes=https ;; *) schemes=http,https ;; esac
longest_pause=$((step_timeout > 60 ? step_timeout / 2 : 30)) # a first byte may take long
say "downloading $shown, at most $step_timeout s"
while sleep 10 && clock; do
  say "$(($(wc -c <"$part"))) bytes of $shown, $((elapsed / 10)) s of $step_timeout s"
done &
download &
