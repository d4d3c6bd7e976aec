#!/bin/sh
# Each variable must be able to stand in a header.
fault=$(awk 'BEGIN {
  for (i = split(ENVIRON["step_variables"], name, " "); i > 0; i--) {
    value = ENVIRON["var_" name[i]]
    if (value == "") print name[i] " has no value"
    if (value ~ /[\r\n]/) print name[i] " holds a line break; does its Secret end in one?"
  }
}' | head -n 1)
[ -z "$fault" ] || finish 2 "variable ${fault#[0-9]*_}"
