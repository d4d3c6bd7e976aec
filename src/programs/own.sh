#!/bin/sh
# own FOLDER: gives it to step_owner. It comes last: a run that is stopped before it is noticed
own() {
  was=$(owner_of "$1")
  if [ "$was" = "$step_owner" ]; then
    leave_all
    return
  fi
  own_all "$1"
  error=$(chown -h "$step_owner" "$1" 2>&1) || fail "give $1 to $step_owner"
  [ "$(owner_of "$1")" = "$step_owner" ] ||
    finish 1 "cannot give $1 to $step_owner: its file system keeps $was; see its mount options"
  changes="$changes, given to $step_owner (was $was)"
}

# owner_of FOLDER: prints what step_owner names, user or user:group
owner_of() {
  case $step_owner in
    *:*) stat -c %u:%g "$1" ;;
    *) stat -c %u "$1" ;;
  esac
}
