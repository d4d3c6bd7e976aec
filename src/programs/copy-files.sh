#!/bin/sh
# copy_files [KIND SOURCE PATH MODE]...: puts each into the folder, of one path the last
copy_files() {
  begin_folder
  kibibytes=0
  each_file write_new "$@"
  placed=0
  each_file place_new "$@"
  finish 0 "files put into $step_folder: $placed"
}

# each_file FUNCTION [KIND SOURCE PATH MODE]...: calls it with each, of a folder with what is in it
each_file() {
  call=$1
  shift
  while [ $# -gt 0 ]; do
    if [ "$1" = folder ]; then each_key "$2" "$3" "$4"; else "$call" "$1" "$2" "$3" "$4"; fi
    shift 4
  done
}

# each_key FOLDER PREFIX MODE: what begins with two dots is the kubelet's own; needs: call
each_key() {
  for key in "$1"/* "$1"/.[!.]*; do
    [ ! -f "$key" ] || "$call" file "$key" "$2${key##*/}" "$3"
  done
}

# write_new KIND SOURCE PATH MODE: writes it beside, unless it is kept, or missing and may be
write_new() {
  case $1 in
    optional) [ -f "$2" ] || return 0 ;;
    template) require_text "$2" ;;
  esac
  ! is_kept "$step_folder/$3" || return 0
  written=$new/$3 where=" in $3"
  error=$( (mkdir -p "${written%/*}" && rm -f "$written") 2>&1) || fail "write $3"
  fill "$written" produce "$1" "$2" || fail "write $3"
  chmod "$4" "$written"
  measure "$written"
}

# measure FILE: ends if it is too much with those before
measure() {
  kibibytes=$((kibibytes + ($(wc -c <"$1") + 1023) / 1024))
  [ "$kibibytes" -le "$step_max_size" ] ||
    finish 1 "more than the $step_max_size KiB of maxSize, with ${1#"$new/"} at the latest"
}

# place_new KIND SOURCE PATH MODE: renames it into place, unless that is done
place_new() {
  [ -f "$new/$3" ] || return 0
  into=$step_folder/$3 into=${into%/*}
  error=$( (umask 022 && mkdir -p "$into") 2>&1) || fail "make $into"
  [ ! -d "$step_folder/$3" ] || finish 1 "$step_folder/$3 is a folder"
  place "$new/$3"
}
trap 'status=$?; remove "$new"; rmdir "$old" 2>/dev/null; exit "$status"' EXIT
copy_files "$@" &
wait $!
