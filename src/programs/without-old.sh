#!/bin/sh
# without_old COMMAND...: runs it again, or ends; needs: error
without_old() {
  case $error in
    *'o space left'*) make_room "$step_destination" && say "$result" && "$@" ;;
  esac
  finish 1 "cannot write $step_destination: ${error##*: }"
}
