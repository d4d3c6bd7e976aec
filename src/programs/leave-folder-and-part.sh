#!/bin/sh
# The archive is beside the folder in which it is unpacked, which goes with each run.
trap 'status=$?; remove "$new"; rmdir "$old" 2>/dev/null; leave_part "$status"; exit "$status"' EXIT
