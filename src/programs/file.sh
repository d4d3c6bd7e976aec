#!/bin/sh
# The file is written beside step_destination, under a hidden name, readable for nobody else yet.
folder=${step_destination%/*} part=${step_destination%/*}/.${step_destination##*/}.part
umask 077
# Only wait hears signals. kill 0: all; 143: TERM. To read here spins (busybox 1.38)
trap 'trap "" TERM; kill 0; rm -f "$part"; finish 143 "stopped by a signal"' TERM INT QUIT

# end_file: gives it its mode and its name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: ${error##*: }"
}
