#!/bin/sh
# Ends if the file is there already: one of its own, with its mode.
if [ -f "$step_destination" ] && [ ! -L "$step_destination" ] &&
  [ "$(sha256sum <"$step_destination" | cut -c 1-64)" = "$step_sha256" ] &&
  chmod "$step_mode" "$step_destination" 2>/dev/null; then
  finish 0 "$step_destination has sha256 $step_sha256 already"
fi
