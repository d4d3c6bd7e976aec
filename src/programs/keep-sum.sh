#!/bin/sh
# already_there: whether there is such a file, no link, with its mode or able to get it
already_there() {
  [ -f "$step_destination" ] && [ ! -L "$step_destination" ] &&
    [ "$(sha256sum <"$step_destination" | cut -c 1-64)" = "$step_sha256" ] &&
    { chmod "$step_mode" "$step_destination" 2>/dev/null ||
      ## Another user's may have it already.
      [ -n "$(find "$step_destination" -perm "$step_mode")" ]; }
}
already_there &
wait $! && sweep_parts &&
  finish 0 "$step_destination has sha256 $step_sha256 already"
