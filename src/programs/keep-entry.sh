#!/bin/sh
# is_kept PATH: says it if it is
is_kept() {
  is_there "$1" || return 1
  say "$1 is there already"
}

## A hard link takes nothing else's place, and a folder only that of an empty one, however late another
## pod makes it.
# place PATH: unless something is there by now; needs: into
place() {
  name=${1##*/}
  ! is_kept "$into/$name" || return 0
  if { [ -d "$1" ] && [ ! -L "$1" ]; } || ! ln "$1" "$into/" 2>/dev/null; then
    ! is_kept "$into/$name" || return 0
    move "$1" "$into/" || { is_kept "$into/$name" && return; } ||
      fail "write $into/$name"
  fi
  placed=$((placed + 1))
}
