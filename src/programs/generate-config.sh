#!/bin/sh
# generate: writes the file from its template
generate() {
  fill "$part" template || try_without_old
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}

# try_without_old: tries again, or ends; needs: error
try_without_old() {
  case $error in
    *'o space left'*) make_room "$step_destination" && say "$result" && generate ;;
  esac
  finish 1 "cannot write $step_destination: ${error##*: }"
}
where=''
generate &
wait $!
