#!/bin/sh
# choose: sets root to a folder with what is wanted only
choose() {
  wanted=$new/wanted
  mkdir "$wanted"
  each_wanted require_wanted
  each_wanted take_wanted
  root=$wanted
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
require_wanted() {
  case $1 in "$prefix"*) ! is_there "$root/${1#"$prefix"}" || return 0 ;; esac
  finish 1 "$shown: has no $1"
}

# take_wanted PATH: moves it from root to wanted, with the folders that it is in
take_wanted() {
  inner=${1#"$prefix"} at=$wanted/
  case $inner in */*) at=$wanted/${inner%/*}/ ;; esac
  error=$( (umask 022 && mkdir -p "$at") 2>&1) || fail "take $1"
  move "$root/$inner" "$at" || fail "take $1"
}
