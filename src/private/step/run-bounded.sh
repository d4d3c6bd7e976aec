#!/bin/sh
# usage: SECONDS COMMAND...
. ../program.sh

limit=$1
shift
# As process 1 busybox's timeout never fires, so it runs in the background; with -k it also ends what ignores TERM.
case $(timeout --help 2>&1) in *-k*) kill_later='-k 5' ;; *) kill_later='' ;; esac
# shellcheck disable=SC2086 # two words or none
timeout $kill_later "$limit" "$@" &
child=$!
trap 'kill "$child"; wait "$child"; clock; finish 143 "stopped by SIGTERM after $seconds s"' TERM
wait "$child"
status=$?
clock
[ "$elapsed" -lt $((limit * 100)) ] || finish 124 "gave up after $limit s: $1 did not end"
exit $status
