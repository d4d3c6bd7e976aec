#!/bin/sh
# generate: writes the file from its template
generate() {
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  said=$({ { template | expand || echo failed >&2; } | cat >"$part"; } 2>&1)
  case $?:$said in
    0:) ;;
    0:left*) say "not declared, and left as it is:${said#left}" ;;
    *:wrong*) said=${said#wrong } && finish 2 "${said%?failed}" ;;
    *) said=${said%?failed} && finish 1 "cannot write $step_destination: ${said##*: }" ;;
  esac
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}
generate &
