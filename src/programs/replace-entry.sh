#!/bin/sh
# is_kept NAME: what is there is replaced
is_kept() { return 1; }

# place NAME: a file takes the place of a file at once, all else that is there goes away before. It
# is tried again if another pod was faster
place() {
  for try in 1 2 3 4 5; do
    [ -d "$step_folder/$1" ] || [ -d "$new/$1" ] || { move "$new/$1" "$step_folder/" && break; }
    ! is_there "$step_folder/$1" || move "$step_folder/$1" "$old/" || continue
    move "$new/$1" "$step_folder/" && break
    remove "$old/$1"
  done
  ! is_there "$new/$1" || fail "replace $step_folder/$1"
  placed=$((placed + 1))
}
