#!/bin/sh
# produce KIND SOURCE: prints it
produce() { if [ "$1" = text ]; then printf %s "$2"; else cat "$2"; fi; }

# require_source KIND SOURCE: any will do
require_source() { :; }
