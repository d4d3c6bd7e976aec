#!/bin/sh
# produce KIND SOURCE: prints it, and replaces the variables of texts and templates
produce() {
  case $1 in
    text) printf '%s.' "$2" | expand ;;
    template*) { join "$2" && printf .; } | expand ;;
    parts) join "$2" ;;
    *) cat "$2" ;;
  esac
}

# require_source KIND SOURCE PATH: ends if a template is no text
require_source() {
  case $1 in *parts) say_left_out "$2" "$3" ;; esac
  case $1 in
    template*)
      for piece in $2; do
        [ ! -e "$piece" ] || require_text "$piece"
      done
      ;;
  esac
}
