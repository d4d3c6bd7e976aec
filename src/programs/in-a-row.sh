#!/bin/sh
# in_a_row: sets result, up after step_success_threshold in a row; needs: successes
in_a_row() {
  once
  if [ "$result" != up ]; then
    successes=0
  else
    successes=$((successes + 1))
    [ "$successes" -ge "$step_success_threshold" ] ||
      result="up $successes of $step_success_threshold times"
  fi
}
try=in_a_row successes=0
