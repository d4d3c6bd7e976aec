#!/bin/sh
# content: prints what would be unpacked
content() { timeout "$seconds" gunzip -c <"$part"; }

# list: prints what is in it, with permissions
list() { gunzip -c <"$part" | timeout "$seconds" tar -tvf -; }

# unpack: into the current folder
unpack() { gunzip -c <"$part" | timeout "$seconds" tar -xof -; }
