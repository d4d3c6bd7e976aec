#!/bin/sh
# is_kept NAME: says it if it is
is_kept() {
  is_there "$step_folder/$1" || return 1
  say "$step_folder/$1 is there already"
}

# place NAME: unless it is there by now. A hard link takes no other file's place
place() {
  ! is_kept "$1" || return 0
  if [ -d "$new/$1" ] || [ -L "$new/$1" ] || ! ln "$new/$1" "$step_folder/$1" 2>/dev/null; then
    ! is_kept "$1" || return 0
    move "$new/$1" "$step_folder/" || fail "write $step_folder/$1"
  fi
  placed=$((placed + 1))
}
