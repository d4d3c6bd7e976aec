#!/bin/sh
trap 'status=$?; leave_part "$status"; exit "$status"' EXIT
[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
