#!/bin/sh
# The folder is filled beside its entries, in a hidden one of this pod and step, which nobody else
# may enter; then each entry is renamed into place. What is replaced waits in another one meanwhile.
new=$step_folder/.init.$step_pod.$0.new old=$step_folder/.init.$step_pod.$0.old
umask 077

## What is of others is moved into a folder of ours before it is touched: half removed it would look as if its
## pod were at work.
# begin_folder: removes what earlier runs left, and begins anew
begin_folder() {
  error=$( (umask 022 && mkdir -p "$step_folder") 2>&1) || fail "make $step_folder"
  [ ! -L "$old" ] || rm -f "$old"
  for left in "$old"/.init.* "$old" "$step_folder"/.init.????????-????-????-????-????????????.*; do
    is_left "$left" || continue
    case $left in
      "$new" | "$old"*) ;;
      *) mkdir -p "$old" 2>/dev/null && move "$left" "$old/" && left=$old/${left##*/} ;;
    esac
    case $left in *.old) restore "$left" || fail "put back what is in $left" ;; esac
    remove "$left"
  done
  remove "$old"
  error=$( (mkdir "$new" && mkdir "$old") 2>&1) || fail "write to $step_folder"
}

# is_left PATH: whether it is this pod's, or a folder that no pod has touched for an hour
is_left() {
  case $1 in "$new" | "$old"*) is_there "$1" && return ;; esac
  [ -d "$1" ] && [ -n "$(find "$1" -prune -mmin +60 2>/dev/null)" ]
}

# restore FOLDER: puts back what a run moved there before it was stopped; fails if some stays there.
# A link might lead anywhere
restore() { [ -L "$1" ] || each_of "$1" put_back; }

# put_back PATH: an entry that was moved away, unless another one stands in its place by now
put_back() {
  is_there "$step_folder/${1##*/}" || move "$1" "$step_folder/" ||
    is_there "$step_folder/${1##*/}" || return
  remove "$1" || :
}

# end_folder: renames all entries into place; sets placed, how many
end_folder() {
  placed=0 into=$step_folder
  each_of "$new" place
  remove "$new"
  remove "$old"
}

# each_of FOLDER FUNCTION: calls it with each entry, hidden ones too; fails if one call does
each_of() {
  missed=0
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    ! is_there "$entry" || "$2" "$entry" || missed=1
  done
  return "$missed"
}

# is_there PATH: also if it is a link that leads nowhere
is_there() { [ -e "$1" ] || [ -L "$1" ]; }

# move PATH FOLDER: into it, never into a folder of its name there; sets error if it fails
move() {
  shut='' at=$1
  # to get another parent a folder must be writable
  [ ! -d "$1" ] || [ -L "$1" ] || [ -w "$1" ] || { chmod u+w "$1" 2>/dev/null && shut=1; }
  if said=$(mv -f "$1" "$2" 2>&1); then at=$2${1##*/}; else error=$said; fi
  [ -z "$shut" ] || chmod u-w "$at"
  [ "$at" != "$1" ]
}

# remove FOLDER: with what may not be written in it
remove() { rm -rf "$1" 2>/dev/null || { chmod -R u+w "$1" && rm -rf "$1"; } 2>/dev/null; }

# fail WHAT: ends, because it could not be done; needs: error
fail() {
  why=${error##*: } why=${why:-no reason given}
  remove "$new"
  if [ ! -d "$old" ] || restore "$old"; then
    remove "$old"
  else
    say "what was in $step_folder is kept in $old for the next run"
  fi
  finish 1 "cannot $1 as user $(id -u): $why"
}
