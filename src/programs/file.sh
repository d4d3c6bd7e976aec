#!/bin/sh
# The file is written beside step_destination, under a hidden name, readable for nobody else yet.
folder=${step_destination%/*} part=${step_destination%/*}/.${step_destination##*/}.part
umask 077
## In mksh the exit code would be that of rm.
trap 'status=$?; rm -f "$part"; exit "$status"' EXIT

# make_room: removes the old file, nobody reads it yet; sets result
make_room() {
  [ -f "$step_destination" ] && rm -f "$step_destination" &&
    result='no room beside the old file: removed'
}

# end_file: gives it its mode and its name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: ${error##*: }"
}
