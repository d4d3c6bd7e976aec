#!/bin/sh
# sweep FILE...: removes those that nobody has touched for an hour, because their pods are gone;
# what belongs to others may have to stay
sweep() {
  for left in "$@"; do
    [ ! -f "$left" ] || [ -z "$(find "$left" -mmin +60)" ] || rm -f "$left" || :
  done 2>/dev/null
}
