#!/bin/sh
# What is left of it is continued, also where another pod has left it: that one may still write, so
# it is copied. Removed is what this step no longer wants, and what nobody has touched for an hour.
# take_over: makes part of the longest that is left; needs: folder own part
take_over() {
  for found in "$folder"/.init.????????-????-????-????-????????????.*.part; do
    case $found in
      "$part") continue ;;
      "$own".*) rm -f "$found" ;;
      *".$step_sha256.part") ! is_longer "$found" || cp "$found" "$part" ;;
    esac
    [ ! -f "$found" ] || [ -z "$(find "$found" -mmin +60)" ] || rm -f "$found"
  done
}

# is_longer FILE: than the part, and not too long
is_longer() {
  [ -f "$1" ] && [ ! -L "$1" ] && bytes=$(($(wc -c <"$1"))) &&
    [ "$bytes" -le "$step_max_size" ] && [ "$bytes" -gt $(($(wc -c <"$part"))) ]
}

# A link would lead elsewhere, and what has two names, or is writable for others, belongs to them.
fit=$(find "$part" -prune -type f -links 1 ! -perm -020 ! -perm -002 2>/dev/null)
[ -n "$fit" ] && [ -w "$part" ] || rm -f "$part"
error=$( (true >>"$part" && chmod 600 "$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): ${error##*: }"
take_over 2>/dev/null &
wait $!
[ ! -s "$part" ] || say "continuing after $(($(wc -c <"$part"))) bytes that are there"
