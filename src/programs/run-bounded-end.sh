#!/bin/sh
wait $!
status=$?
clock
[ "$elapsed" -lt "${1}0" ] || finish 124 "gave up after $1 s: $2 did not end"
exit "$status"
