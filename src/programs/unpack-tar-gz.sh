#!/bin/sh
# content: prints what would be unpacked
content() { gunzip -c <"$part"; }

# unpack: into the current folder
unpack() { gunzip -c <"$part" | tar -xf -; }
