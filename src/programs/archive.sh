#!/bin/sh
## The archive and what is in it are in the hidden folder of this pod and step.
part=$new/archive root=$new/in step_destination=$step_folder into=$step_folder placed=0
folder=$step_folder

# make_room FILE: there is none to remove
make_room() { return 1; }

# end_file: unpacks the archive, and renames what is wanted of it into place
end_file() {
  say "unpacking $size bytes"
  check_setuid
  unpack_all
  check_names
  strip
  check_kinds
  check_links
  choose
  [ -n "$(find "$root" -mindepth 1 | head -n 1)" ] || finish 1 "$shown: nothing is in it"
  require_time
  rm -f "$part"
  each_of "$root" place
  remove "$old"
  say "entries put into $step_folder: $placed"
}

# unpack_all: into root, unless it is too much
unpack_all() {
  most=$((step_max_size + 1))
  [ "$(content 2>/dev/null | head -c "$most" | wc -c)" -lt "$most" ] ||
    finish 1 "$shown: more than $step_max_size bytes are in it"
  require_time
  said=$( (umask 022 && cd "$root" && unpack) 2>&1) || said=${said:-it is no such archive}
  require_time
  case $said in
    '')
      ## A folder has setgid of its volume.
      chmod -R ug-s "$root"
      return
      ;;
    *'removing leading'*) finish 1 "$shown: a name in it leads outside" ;;
    *'ermission denied'*) why='a folder in it may not be written to' ;;
    *) why=$(printable "${said%%"$newline"*}") ;;
  esac
  finish 1 "$shown: cannot be unpacked: $why"
}

# require_time: ends if time is over; sets seconds, what is left
require_time() {
  clock
  seconds=$((step_timeout - elapsed / 10))
  [ "$seconds" -gt 0 ] || finish 124 "gave up: $shown: not unpacked after $step_timeout s"
}

# strip: sets root to the only folder in it, as often as is asked for, and prefix, their path
strip() {
  prefix='' stripped=0
  while [ $((stripped += 1)) -le "$step_strip_components" ]; do
    only=''
    each_of "$root" note_folder
    [ -n "$only" ] || finish 1 "$shown: has no folder to strip"
    root=$only prefix=$prefix${only##*/}/
  done
}

# note_folder PATH: sets only, if it is a folder; ends if there is one already
note_folder() {
  if [ ! -d "$1" ] || [ -L "$1" ]; then return; fi
  [ -z "$only" ] || finish 1 "$shown: has two folders to strip, ${only##*/} and ${1##*/}"
  only=$1
}
