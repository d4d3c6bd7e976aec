#!/bin/sh
pause() { # a tenth of the time so far, at most $1 hundredths
  clock
  pause=$((elapsed < 100 ? 10 : elapsed / 10))
  pause=$((pause < $1 ? pause : $1))
  sleep "$((pause / 100)).$((pause / 10 % 10))$((pause % 10))" || exit
}
