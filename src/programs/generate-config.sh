#!/bin/sh
# generate: writes the file from its template
generate() {
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  said=$({ { template | expand || echo failed >&2; } | cat >"$part"; } 2>&1)
  case $?:$said in
    0:) ;;
    0:left*) say "not declared, and left as it is:${said#left}" ;;
    *:wrong*) said=${said#wrong } && finish 2 "${said%?failed}" ;;
    *) try_without_old ;;
  esac
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}

# try_without_old: tries again, or ends; needs: said
try_without_old() {
  said=$(printf %s "${said%failed}") said=${said:-no reason given}
  case $said in
    *'o space left'*) make_room "$step_destination" && say "$result" && generate ;;
  esac
  finish 1 "cannot write $step_destination: ${said##*: }"
}
generate &
