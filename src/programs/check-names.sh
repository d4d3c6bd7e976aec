#!/bin/sh
# check_names: ends if one might forge lines of the log
check_names() {
  [ -z "$(find "$root" -name '*[[:cntrl:]]*' | head -n 1)" ] ||
    finish 1 "$shown: a name in it has control characters"
}
