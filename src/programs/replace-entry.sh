#!/bin/sh
# is_kept PATH: what is there is replaced
is_kept() { return 1; }

# place PATH: a file takes the place of a file at once, all else that is there goes away before, and
# comes back if the new one cannot come. It is tried again if another pod was faster; needs: into
place() {
  name=${1##*/}
  for try in 1 2 3 4 5; do
    [ -d "$into/$name" ] || [ -d "$1" ] || { move "$1" "$into/" && break; }
    ! is_there "$into/$name" || move "$into/$name" "$old/" || continue
    move "$1" "$into/" && break
    ! is_there "$old/$name" || put_back "$old/$name"
  done
  ! is_there "$1" || fail "replace $into/$name"
  placed=$((placed + 1))
}
