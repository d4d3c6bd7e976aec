#!/bin/sh
# shellcheck disable=SC2086 # numbers
# fetch: one attempt, not before the server wants it; ends, or sets result; needs: left result rest
fetch() {
  [ $rest -eq 0 ] || wait_as_asked
  status=28 size=0
  [ $left -le 0 ] || ask
  clock
  left=$((${step_timeout}0 - elapsed))
  step_poll_interval=$((left > 50 ? 50 : left > 0 ? left : 0))
  case $status:$size:$((left > 0)):$result in
    28:0:0:?*) tries=$((tries - 1)) ;; # cut short, it knows less than the one before
    *) judge ;;
  esac
}

# wait_as_asked: for as long as the server said, or until the deadline; sets left; needs: left rest
wait_as_asked() {
  [ "${rest}0" -lt "$left" ] || rest=$((left / 10 + 1))
  sleep "$rest"
  clock
  left=$((${step_timeout}0 - elapsed))
}

# ask: sends the request; sets status facts size said
ask() {
  said=$(send 2>&1)
  status=$? facts=${said##*"$newline"} size=$(($(wc -c <"$part")))
}

# progress: sets reached
progress() { reached="$(($(wc -c <"$part"))) bytes of $shown"; }

try=fetch step_attempt_timeout=$step_timeout rest=0
