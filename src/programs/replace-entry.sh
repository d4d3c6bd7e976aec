#!/bin/sh
# is_kept NAME: what is there is replaced
is_kept() { return 1; }

# place PATH: a file takes the place of a file at once, all else that is there goes away before, and
# comes back if the new one cannot come. It is tried again if another pod was faster
place() {
  name=${1##*/}
  for try in 1 2 3 4 5; do
    [ -d "$step_folder/$name" ] || [ -d "$1" ] || { move "$1" "$step_folder/" && break; }
    ! is_there "$step_folder/$name" || move "$step_folder/$name" "$old/" || continue
    move "$1" "$step_folder/" && break
    ! is_there "$old/$name" || put_back "$old/$name"
  done
  ! is_there "$1" || fail "replace $step_folder/$name"
  placed=$((placed + 1))
}
