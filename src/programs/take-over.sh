#!/bin/sh
# What another pod has left is continued, too; that one may still write, so it is copied. Removed is
# what this step no longer wants, and what nobody has touched for an hour.
# take_over: makes part of the longest that is left; needs: folder own part
take_over() {
  for found in "$folder"/.init.????????-????-????-????-????????????.*.part; do
    case $found in
      "$part") continue ;;
      "$own".*) rm -f "$found" ;;
      *".$step_sha256.part") ! is_longer "$found" || cp "$found" "$part" ;;
    esac
    sweep "$found"
  done
}

# is_longer FILE: than the part, and not too long
is_longer() {
  [ -f "$1" ] && [ ! -L "$1" ] && bytes=$(($(wc -c <"$1"))) &&
    [ "$bytes" -le "$step_max_size" ] && [ "$bytes" -gt $(($(wc -c <"$part"))) ]
}
