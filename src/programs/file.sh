#!/bin/sh
# The file is written beside step_destination, hidden, readable for nobody else yet.
folder=${step_destination%/*} part=${step_destination%/*}/.${step_destination##*/}.part
umask 077
## In mksh the exit code would be that of rm.
trap 'status=$?; rm -f "$part"; exit "$status"' EXIT

# make_room FILE: empties it (the kubelet may hold it), removes it; sets result
make_room() {
  [ -f "$1" ] && [ ! -L "$1" ] && (chmod u+w "$1" && true >"$1" && rm "$1") &&
    result='no room beside the old file: removed'
}

# end_file: gives it its mode and name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: ${error##*: }"
}
