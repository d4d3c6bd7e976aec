#!/bin/sh
# produce KIND SOURCE: prints it
produce() {
  case $1 in
    text) printf %s "$2" ;;
    parts) join "$2" ;;
    *) cat "$2" ;;
  esac
}

# require_source KIND SOURCE PATH: any will do
require_source() { [ "$1" != parts ] || say_left_out "$2" "$3"; }
