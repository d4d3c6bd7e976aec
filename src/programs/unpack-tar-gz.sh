#!/bin/sh
# content: prints what would be unpacked
content() { timeout "$seconds" gunzip -c <"$part"; }

# unpack: into the current folder
unpack() { gunzip -c <"$part" | timeout "$seconds" tar -xof -; }
