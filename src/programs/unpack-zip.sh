#!/bin/sh
# content: prints what would be unpacked, and half a KiB for each file, as tar has it
content() {
  timeout "$seconds" unzip -p "$part"
  unzip -l "$part" | awk '{ printf "%512s", "" }'
}

## unzip leaves setuid out.
# list: unzip tells no permissions
list() { :; }

## Of one name twice the last one.
# unpack: into the current folder
unpack() { timeout "$seconds" unzip -q -o "$part"; }
