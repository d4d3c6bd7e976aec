#!/bin/sh
error=$( (umask 022 && mkdir -p "$folder") 2>&1) || {
  trap - EXIT # there is nothing to remove
  finish 1 "cannot make $folder as user $(id -u): ${error##*: }"
}
