#!/bin/sh
. ../private/program.sh
. ../private/file.sh
. ../private/expand.sh

template() {
  if [ -n "${TEMPLATE_FILE-}" ]; then cat "$TEMPLATE_FILE"; else printf '%s' "$TEMPLATE"; fi && printf .
}

generate() {
  message=$(template | expand 2>&1 >"$part") || case $? in
    3) finish 2 "$message" ;;
    *) finish 1 "cannot write $DESTINATION: ${message##*: }" ;;
  esac
  end_file
  finish 0 "wrote $DESTINATION, $(wc -c <"$DESTINATION") bytes"
}

[ -z "${TEMPLATE_FILE-}" ] || [ -r "$TEMPLATE_FILE" ] || finish 2 "cannot read template $TEMPLATE_FILE"
begin_file
generate &
child=$!
wait "$child"
