#!/bin/sh
# The folder is filled beside its entries, in a hidden one of this pod and step, which nobody else
# may enter; then each entry is renamed into place. What is replaced waits in another one meanwhile.
new=$step_folder/.init.$step_pod.$0.new old=$step_folder/.init.$step_pod.$0.old
umask 077

# begin_folder: removes what earlier runs left, and begins anew
begin_folder() {
  error=$( (umask 022 && mkdir -p "$step_folder") 2>&1) || fail "make $step_folder"
  for left in "$step_folder"/.init.????????-????-????-????-????????????.*; do
    is_left "$left" || continue
    case $left in *.old) restore "$left" ;; esac
    remove "$left"
  done
  error=$( (mkdir "$new" && mkdir "$old") 2>&1) || fail "write to $step_folder"
}

# is_left FOLDER: whether it is this pod's, or no pod has touched it for an hour
is_left() {
  [ -d "$1" ] || return 1
  case $1 in "$new" | "$old") return 0 ;; esac
  [ -n "$(find "$1" -prune -mmin +60 2>/dev/null)" ]
}

# restore FOLDER: a run was stopped between two renames
restore() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    is_there "$entry" || continue
    is_there "$step_folder/${entry##*/}" || move "$entry" "$step_folder/"
  done
}

# end_folder: renames all entries into place; sets placed, how many
end_folder() {
  placed=0
  for entry in "$new"/* "$new"/.[!.]* "$new"/..?*; do
    ! is_there "$entry" || place "${entry##*/}"
  done
  remove "$new"
  remove "$old"
}

# is_there PATH: also if it is a link that leads nowhere
is_there() { [ -e "$1" ] || [ -L "$1" ]; }

# move PATH FOLDER: into it, never into a folder of its name there; sets error
move() {
  shut=''
  # to get another parent a folder must be writable
  [ ! -d "$1" ] || [ -L "$1" ] || [ -w "$1" ] || { chmod u+w "$1" 2>/dev/null && shut=1; }
  error=$(mv -f "$1" "$2" 2>&1) || return 1
  [ -z "$shut" ] || chmod u-w "$2${1##*/}"
}

# remove FOLDER: with what may not be written in it
remove() { rm -rf "$1" 2>/dev/null || { chmod -R u+w "$1" && rm -rf "$1"; } 2>/dev/null; }

# fail WHAT: ends, because it could not be done; needs: error
fail() {
  why=${error##*: }
  remove "$new"
  [ ! -d "$old" ] || restore "$old"
  remove "$old"
  finish 1 "cannot $1 as user $(id -u): $why"
}
