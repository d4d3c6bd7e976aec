#!/bin/sh
# fail WHAT: ends, because it could not be done; needs: error
fail() {
  why=${error##*: } why=${why:-no reason given}
  case $why in
    *'not permitted'* | *enied*) why="$why to user 0; does an NFS server squash root?" ;;
  esac
  finish 1 "cannot $1: $why"
}

# make FOLDER: if it is missing. A link might lead out of the volume; adds to changes
make() {
  [ -d "$1" ] || changes="$changes, made"
  error=$(mkdir -p "$1" 2>&1) || fail "make $1"
  [ "$(cd "$1" && pwd -P)" = "$1" ] || finish 1 "$1 is or lies behind a link, which is not followed"
}

# prepare FOLDER: makes it what it should be; what it is already, it is left
prepare() {
  changes='' unseen=''
  make "$1"
  own "$1"
  permit "$1"
  changes=${changes:-, right already}
  say "$1: ${changes#, }$unseen"
}

# prepare_all FOLDER...
prepare_all() {
  remove_lost_and_found
  for folder in "$@"; do prepare "$folder"; done
  finish 0 "prepared $*"
}

# progress: sets reached
progress() { reached='still preparing'; }
