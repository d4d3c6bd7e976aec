#!/bin/sh
# variable NAME: prints it
variable() { LC_ALL=C awk 'BEGIN { printf "%s", ENVIRON[ARGV[1]] }' "$1"; }
