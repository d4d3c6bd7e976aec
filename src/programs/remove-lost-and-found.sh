#!/bin/sh
# remove_lost_and_found: what fsck has found is somebody's data, and stays
remove_lost_and_found() {
  [ -d /volume/lost+found ] || return 0
  error=$(rmdir /volume/lost+found 2>&1) || fail 'remove /volume/lost+found'
  say 'removed /volume/lost+found'
}
