#!/bin/sh
# copy_all NAME PATH...: fills the folder
copy_all() {
  require_tools
  measure "$@"
  begin_folder
  while [ $# -gt 0 ]; do
    if [ "$1" = . ]; then each_of "$2" copy_entry; else copy -H "$2" "$1"; fi
    shift 2
  done
  end_folder
  finish 0 "entries put into $step_folder: $placed"
}

# require_tools: an image may have less than others
require_tools() {
  for tool in cp mv rm mkdir chmod; do
    command -v "$tool" >/dev/null || finish 2 "the image has no $tool, which copies its files"
  done
}

# measure NAME PATH...: ends if it is too much, where du is there to tell
measure() {
  kibibytes=0
  while [ $# -gt 0 ]; do
    is_there "$2" || finish 2 "the image has no $2"
    [ "$1" != . ] || [ -d "$2" ] || finish 2 "$2 is no folder of the image"
    size=$(du -skH "$2/." 2>/dev/null || du -skH "$2" 2>/dev/null)
    size=${size%%[!0-9]*}
    kibibytes=$((kibibytes + ${size:-0}))
    shift 2
  done
  [ "$kibibytes" -le "$step_max_size" ] ||
    finish 1 "$kibibytes KiB in the image, but maxSize is $step_max_size KiB"
}

# copy_entry PATH: one of those of a folder
copy_entry() { copy -P "$1" "${1##*/}"; }

# copy OPTION PATH NAME: -H follows PATH if it is a link. Its owner becomes who the step runs as
copy() {
  ! is_kept "$step_folder/$3" || return 0
  remove "$new/$3"
  error=$({
    cp -Rp "$1" "$2" "$new/$3" 2>&1
    printf '\n%s\n' $?
  } | reason) || fail "copy $2"
}

# reason: prints why cp failed, by what it says and its status behind that, and returns the status.
# Owners are complained of for each file; only root could keep them
reason() {
  said='' last=''
  while read -r line; do
    case $last in '' | *' preserve owner'*) ;; *) said=${said:-$last} ;; esac
    last=$line
  done
  said=${said:-cp ended with $last}
  printf '%.300s' "${said##*: }"
  return "$last"
}
copy_all "$@" &
