#!/bin/sh
# fill FILE COMMAND...: with what it prints; sets error and fails if it cannot; needs: where
fill() {
  filled=$1
  shift
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  error=$({ { "$@" || echo failed >&2; } | cat >"$filled"; } 2>&1)
  case $?:$error in
    0:) return ;;
    0:left*) say "not declared, and left as it is$where:${error#left}" && return ;;
  esac
  error=${error%?failed}
  case $error in wrong*) finish 2 "${error#wrong }$where" ;; esac
  return 1
}
