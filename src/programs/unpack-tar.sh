#!/bin/sh
# content: prints what would be unpacked
content() { cat "$part"; }

# unpack: into the current folder
unpack() { timeout "$seconds" tar -xof "$part"; }
