#!/bin/sh
# content: prints what would be unpacked, and half a KiB for each file, as tar has it
content() {
  unzip -p "$part"
  unzip -l "$part" | awk '{ printf "%512s", "" }'
}

# unpack: into the current folder
unpack() { unzip -q "$part"; }
