#!/bin/sh
# shellcheck disable=SC2086 # numbers
# fetch: one attempt; ends, or sets result wanted
fetch() {
  take_up
  said=$(send 2>&1)
  status=$? facts=${said##*"$newline"} said=${said%"$newline"*} size=$(($(wc -c <"$part")))
  settle
  clock
  ## What was cut short, or asked for IPv4 only, knows no more than the attempt before.
  known=$result
  [ "$((elapsed < ${step_timeout}0 || size)):$family" != 1: ] || known=''
  judge
  ## The look-up of IPv6 may be what hangs.
  case $status:$((size - there))$family in 28:0) family=-4 ;; *) family='' ;; esac
  where=${said##*"$newline"} where=${where%%[?#]*}
  ## TOO_MANY_REDIRECTS leads nowhere.
  case $status:$code:$where:$result in
    47:* | *:"$known") ;;
    *:3*:[1-9]*) result="$(led_to "${where#* }"): $result" ;;
  esac
  [ -z "$final" ] || finish 1 "$shown: $result"
}

# progress: sets reached
progress() { reached="$(($(wc -c <"$part"))) bytes of $shown"; }

try=fetch step_attempt_timeout=$step_timeout step_poll_interval=50 family=''
