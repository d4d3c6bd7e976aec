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
