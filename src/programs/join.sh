#!/bin/sh
# join FILES: prints those that are there, one after the other, each from a new line on
join() {
  unended=0
  for piece in $1; do
    [ -s "$piece" ] || continue
    [ "$unended" -eq 0 ] || echo
    cat "$piece" || return
    last=$(($(wc -c <"$piece") - 1))
    unended=$(dd if="$piece" bs=1 skip="$last" 2>/dev/null | tr -d '\n' | wc -c)
  done
}

# say_left_out FILES WHAT: which parts of it may be missing, and are
say_left_out() {
  number=0
  for piece in $1; do
    number=$((number + 1))
    [ -e "$piece" ] || say "part $number of $2 is not there: left out"
  done
}
