#!/bin/sh
# produce KIND SOURCE: prints it, and replaces the variables of texts and templates
produce() {
  case $1 in
    text) printf '%s.' "$2" | expand ;;
    template) { cat "$2" && printf .; } | expand ;;
    *) cat "$2" ;;
  esac
}

# require_source KIND SOURCE: ends if a template is no text
require_source() { [ "$1" != template ] || require_text "$2"; }
