#!/bin/sh
# DESTINATION appears whole or not at all: until then it is called part.
begin_file() {
  part=${DESTINATION%/*}/.${DESTINATION##*/}.part
  [ ! -d "$DESTINATION" ] || finish 2 "$DESTINATION is a directory"
  error=$( (rm -f "$part"* && true >"$part") 2>&1) || finish 1 "cannot write to ${DESTINATION%/*} as user $(id -u): ${error##*: }"
}

end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$MODE" "$part" && mv -f "$part" "$DESTINATION") 2>&1) || finish 1 "cannot write $DESTINATION: ${error##*: }"
}
