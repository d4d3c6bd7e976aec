#!/bin/sh
# The file is written beside step_destination, under a hidden name, readable for nobody else yet.
folder=${step_destination%/*} part=${step_destination%/*}/.${step_destination##*/}.part
# Only wait hears signals. Read nothing here: busybox 1.38 spins
trap 'trap "" TERM; kill 0; rm -f "$part"; finish 143 "stopped by a signal"' TERM INT QUIT
umask 077
[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
error=$( (rm -f "$part" && true >"$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): ${error##*: }"

# end_file: gives it its mode and its name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: ${error##*: }"
}
