#!/bin/sh
# require_length: an answer of HTTP/1 that tells none may have lost its end; needs: facts
require_length() {
  case $facts in
    *,1*,l=,t=,*) finish 1 "$shown: is it whole? It tells no length; give sha256" ;;
  esac
}
