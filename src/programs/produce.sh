#!/bin/sh
# produce KIND SOURCE: prints it
produce() { if [ "$1" = text ]; then printf %s "$2"; else cat "$2"; fi; }
