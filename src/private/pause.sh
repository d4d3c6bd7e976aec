#!/bin/sh
pause() { # a tenth of the time so far, at most $1 hundredths
  clock
  pause=$((elapsed < 100 ? 10 : elapsed / 10))
  nap $((pause < $1 ? pause : $1))
}

nap() { # HUNDREDTHS
  sleep "$(($1 / 100)).$(($1 / 10 % 10))$(($1 % 10))" || exit
}
