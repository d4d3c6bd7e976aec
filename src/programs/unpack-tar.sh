#!/bin/sh
# content: prints what would be unpacked
content() { cat "$part"; }

# list: prints what is in it, with permissions
list() { timeout "$seconds" tar -tvf "$part"; }

# unpack: into the current folder
unpack() { timeout "$seconds" tar -xof "$part"; }
