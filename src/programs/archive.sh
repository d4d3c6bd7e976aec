#!/bin/sh
# The archive and what is in it are in the hidden folder of this pod and step.
part=$new/archive root=$new/files step_destination=$step_folder into=$step_folder placed=0

# make_room FILE: there is none to remove
make_room() { return 1; }

# end_file: unpacks the archive, and renames what is wanted of it into place
end_file() {
  say "unpacking $size bytes"
  most=$((step_max_size + 1))
  [ "$(content 2>/dev/null | head -c "$most" | wc -c)" -lt "$most" ] ||
    finish 1 "$shown: more than $step_max_size bytes are in it"
  said=$( (umask 022 && cd "$root" && unpack) 2>&1) || said=${said:-it is no such archive}
  case $said in
    '') ;;
    *'removing leading'*) finish 1 "$shown: a name in it leads outside" ;;
    *) finish 1 "$shown: cannot be unpacked: $(printf '%.200s' "$said" | tr -d '\000-\037\177')" ;;
  esac
  strip
  check_kinds
  check_links
  each_wanted require_wanted
  each_wanted place_wanted
  [ -n "$step_include" ] || each_of "$root" place
  remove "$old"
  say "entries put into $step_folder: $placed"
}

# strip: sets root to the only folder in it, as often as is asked for
strip() {
  stripped=0
  while [ $((stripped += 1)) -le "$step_strip_components" ]; do
    only=''
    for entry in "$root"/* "$root"/.[!.]* "$root"/..?*; do
      [ -d "$entry" ] && [ ! -L "$entry" ] || continue
      [ -z "$only" ] || finish 1 "$shown: has two folders to strip, ${only##*/} and ${entry##*/}"
      only=$entry
    done
    [ -n "$only" ] || finish 1 "$shown: has no folder to strip"
    root=$only
  done
}

# each_wanted FUNCTION: calls it with each path of step_include, which has one a line
each_wanted() {
  call=$1
  set -f
  IFS=$newline
  # shellcheck disable=SC2086 # one a line
  set -- $step_include
  set +f
  unset IFS
  for path; do "$call" "$path"; done
}

# require_wanted PATH: ends if it is not in the archive
require_wanted() { is_there "$root/$1" || finish 1 "$shown: has no $1"; }

# place_wanted PATH: in folders as in the archive
place_wanted() {
  into=$step_folder/$1 into=${into%/*}
  error=$( (umask 022 && mkdir -p "$into") 2>&1) || fail "make $into"
  place "$root/$1"
}
