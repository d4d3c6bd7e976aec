#!/bin/sh
# is_kept NAME: says it if it is
is_kept() {
  is_there "$step_folder/$1" || return 1
  say "$step_folder/$1 is there already"
}

# place PATH: unless something is there by now. A hard link takes nothing else's place, and a folder
# only that of an empty one, however late another pod makes it
place() {
  name=${1##*/}
  ! is_kept "$name" || return 0
  if { [ -d "$1" ] && [ ! -L "$1" ]; } || ! ln "$1" "$step_folder/" 2>/dev/null; then
    ! is_kept "$name" || return 0
    move "$1" "$step_folder/" || { is_kept "$name" && return; } ||
      fail "write $step_folder/$name"
  fi
  placed=$((placed + 1))
}
