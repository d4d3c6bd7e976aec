#!/bin/sh
# What is in the old folder is kept for the next run; it is only where the end was in the way.
trap 'status=$?; remove "$new"; rmdir "$old" 2>/dev/null; exit "$status"' EXIT
