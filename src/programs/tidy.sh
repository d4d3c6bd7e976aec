#!/bin/sh
wait $!
status=$?
trap '' TERM
kill 0
rm -f "$part"
exit "$status"
