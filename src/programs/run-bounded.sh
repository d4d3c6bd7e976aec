#!/bin/sh
# usage: SECONDS COMMAND... It finds the variables that the user set: none is assigned before it
# runs. As process 1 timeout of busybox never fires, so it runs in the background.
trap 'kill $!; wait $!; finish 143 "stopped by a signal"' TERM INT QUIT
bounded "$@" &
