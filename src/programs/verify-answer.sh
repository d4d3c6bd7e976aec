#!/bin/sh
# verify: without sha256 an answer must not be empty or compressed; sets sum; needs: facts size
verify() {
  [ "$size" -gt 0 ] || finish 1 "$shown: the answer is empty"
  require_length
  case $facts in
    *,e=,* | *,e=identity,* | *,e=%header*) sum=$(sha256sum <"$part" | cut -c 1-64) ;;
    *) finish 1 "$shown: compressed, which nobody asked for; give sha256 to keep it so" ;;
  esac
}
## What the headers tell of it.
extra=',%{http_version},l=%header{content-length},t=%header{transfer-encoding}'
extra="$extra,e=%header{content-encoding}"
