#!/bin/sh
# copy_files [KIND SOURCE PATH MODE]...: puts each into the folder, of one path the last
copy_files() {
  begin_folder
  each_file write_new "$@"
  measure
  placed=0
  each_file check_place "$@"
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
  [ "$1" != optional ] || [ -f "$2" ] || { say "$3: its key is not there: left out" && return; }
  require_source "$1" "$2" "$3"
  ! is_kept "$step_folder/$3" || return 0
  written=$new/$3 where=" in $3"
  error=$( (mkdir -p "${written%/*}" && rm -f "$written") 2>&1) || fail "write $3"
  fill "$written" produce "$1" "$2" || fail "write $3"
  chmod "$4" "$written"
}

# measure: ends if it is too much
measure() {
  bytes=$(find "$new" -type f -exec cat {} + | wc -c)
  [ "$bytes" -le $((step_max_size * 1024)) ] ||
    finish 1 "$((bytes)) bytes, but maxSize is $step_max_size KiB"
}

# check_place KIND SOURCE PATH MODE: ends if a folder is in its way, or a link, which might lead
# anywhere
check_place() {
  [ -f "$new/$3" ] || return 0
  at=$step_folder rest=$3
  while [ "$rest" != "${rest#*/}" ]; do
    at=$at/${rest%%/*} rest=${rest#*/}
    [ ! -L "$at" ] || finish 2 "$at is a link, which is not followed"
  done
  [ ! -d "$at/$rest" ] || [ -L "$at/$rest" ] || finish 2 "$at/$rest is a folder"
}

# place_new KIND SOURCE PATH MODE: renames it into place, unless that is done
place_new() {
  [ -f "$new/$3" ] || return 0
  into=$step_folder/$3 into=${into%/*}
  error=$( (umask 022 && mkdir -p "$into") 2>&1) || fail "make $into"
  place "$new/$3"
}
copy_files "$@" &
