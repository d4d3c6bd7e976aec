#!/bin/sh
# The log is never silent for more than ten seconds, and other pods see that this one is at work.
while sleep 10 2>/dev/null; do
  say 'still copying'
  touch -c "$new" "$old" 2>/dev/null
done &
