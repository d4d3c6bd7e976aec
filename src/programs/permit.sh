#!/bin/sh
# permit FOLDER: gives it step_mode; adds to changes
permit() {
  was=$(stat -c %a "$1")
  [ "$was" != "$step_mode" ] || return 0
  # two digits more: else chmod of coreutils keeps setgid
  error=$(chmod "00$step_mode" "$1" 2>&1) || fail "give $1 mode $step_mode"
  [ "$(stat -c %a "$1")" = "$step_mode" ] ||
    finish 1 "cannot give $1 mode $step_mode: its file system keeps $was; see its mount options"
  changes="$changes, mode $step_mode (was $was)"
}
