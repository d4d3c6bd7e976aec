#!/bin/sh
# bounded SECONDS COMMAND...: becomes the command; with -k it ends what ignores TERM, too
bounded() {
  case $(timeout --help 2>&1) in
    *-k*) exec timeout -k 5 "$@" ;;
    *) exec timeout "$@" ;;
  esac
}
