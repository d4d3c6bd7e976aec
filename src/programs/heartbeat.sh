#!/bin/sh
# No silence is longer than ten seconds.
while sleep 10 && clock; do
  progress
  say "$reached, $((elapsed / 10)) s of $step_timeout s"
done &
T=300 lines=-10
