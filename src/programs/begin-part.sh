#!/bin/sh
# What is left of it is continued; but a link would lead elsewhere, and what has two names, or is
# writable for others, belongs to them.
fit=$(find "$part" -prune -type f -links 1 ! -perm -020 ! -perm -002 2>/dev/null)
{ [ -n "$fit" ] && [ -w "$part" ]; } || rm -f "$part"
error=$( (true >>"$part" && chmod 600 "$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): ${error##*: }"
take_over 2>/dev/null &
wait $!
[ ! -s "$part" ] || say "continuing after $(($(wc -c <"$part"))) bytes that are there"
