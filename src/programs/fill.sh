#!/bin/sh
# fill FILE COMMAND...: with its output; sets error if it fails; needs: where
fill() {
  filled=$1
  shift
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  error=$({ { "$@" || echo failed >&2; } | cat >"$filled"; } 2>&1)
  case $?:$error in
    0:) return ;;
    0:left*) say "not declared, and left as it is$where:${error#left}" && return ;;
  esac
  error=$(printf %s "${error%failed}") error=${error:-no reason given}
  case $error in wrong*) finish 2 "${error#wrong }$where" ;; esac
  return 1
}
