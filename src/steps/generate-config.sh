#!/bin/sh
. ../private/program.sh
. ../private/file.sh
. ../private/expand.sh

template() {
  if [ -n "${TEMPLATE_FILE-}" ]; then cat "$TEMPLATE_FILE"; else printf '%s' "$TEMPLATE"; fi && printf .
}

generate() {
  # cat notices a full disk, which busybox's awk does not; a failure of awk is known by what it says
  message=$({ { template | expand || echo failed >&2; } | cat >"$part"; } 2>&1)
  status=$? message=${message%%"$newline"*}
  case $status:$message in
    0:) ;;
    *:variable*) finish 2 "$message" ;;
    *) finish 1 "cannot write $DESTINATION: ${message##*: }" ;;
  esac
  end_file
  finish 0 "wrote $DESTINATION, $(wc -c <"$DESTINATION") bytes"
}

[ -z "${TEMPLATE_FILE-}" ] || { [ -f "$TEMPLATE_FILE" ] && [ -r "$TEMPLATE_FILE" ]; } || finish 2 "cannot read template $TEMPLATE_FILE"
begin_file
generate &
child=$!
wait "$child"
