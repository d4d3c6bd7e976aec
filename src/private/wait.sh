#!/bin/sh
# Needs try, which makes a result of ADDRESS [STATUSES [CERTIFICATE]]: up, or why not.
keep_trying() {
  tries=0 successes=0
  until [ $successes = "$SUCCESS_THRESHOLD" ]; do
    [ $tries = 0 ] || pause $((POLL_INTERVAL_MS / 10))
    tries=$((tries + 1))
    try "$@"
    if [ "$result" = up ]; then
      successes=$((successes + 1))
      [ $successes = "$SUCCESS_THRESHOLD" ] || result="up $successes of $SUCCESS_THRESHOLD times"
    else
      successes=0
    fi
    printf '%s\n' "$number $1: $result (attempt $tries)" || exit
  done
}

report() { # each result once, the last ones every 10 s
  while read -r event text && clock; do
    if [ "$event" != tick ]; then
      key="<${text% \(*}>"
      eval "said=\${said_$event-} last_$event=\$text"
      case $said in *"$key"*) ;; *) eval "said_$event=\$said\$key" && say "$text, $seconds s of $TIMEOUT s" ;; esac
      case $text in *': up (attempt '*) eval "last_$event=" ;; esac
    fi
    list='' number=0
    for line; do
      number=$((number + 1))
      eval "last=\${last_$number-\${line%% *}: no answer yet}"
      list=$list${last:+; $last}
    done
    list=${list#; }
    [ -n "$list" ] || finish 0 "all up after $seconds s"
    [ "$elapsed" -lt $limit ] || finish 124 "gave up after $TIMEOUT s: $list"
    [ "$event" != tick ] || say "still waiting, $seconds s of $TIMEOUT s: $list"
  done
  finish 1 "cannot go on: $list"
}

limit=$((TIMEOUT * 100))
set -f
IFS=$newline
# shellcheck disable=SC2086 # a line each
set -- $ENDPOINTS
unset IFS
say "waiting at most $TIMEOUT s for: $*"
{
  while left=$((limit - elapsed)) && [ $left -gt 0 ] && nap $((left < 1000 ? left : 1000)) && echo tick; do clock; done &
  number=0
  for line; do
    number=$((number + 1))
    # shellcheck disable=SC2086 # a line is words
    keep_trying $line 2>/dev/null &
  done
} | report "$@" &
child=$!
wait "$child"
