#!/bin/sh
newline='
'

# printable TEXT: prints its beginning, without control characters
printable() { printf '%.200s' "$1" | tr -d '\000-\037\177'; }
