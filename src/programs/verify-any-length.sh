#!/bin/sh
# verify: without sha256 an answer must not be empty or compressed; sets sum; needs: facts size
verify() {
  case $size:$facts in
    0:*) finish 1 "$shown: the answer is empty" ;;
    *,e=,* | *,e=identity,* | *,e=%header*) sum=$(sha256sum <"$part" | cut -c 1-64) ;;
    *) finish 1 "$shown: compressed, which nobody asked for; give sha256 to keep it so" ;;
  esac
}
