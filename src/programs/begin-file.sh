#!/bin/sh
[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
error=$( (rm -f "$part" && true >"$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): ${error##*: }"
