#!/bin/sh
wait $!
status=$?
trap '' TERM
kill 0 # the heartbeat
exit "$status"
