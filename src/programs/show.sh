#!/bin/sh
# show ADDRESS: sets shown, what is said of it. What is behind its ? may be a secret
show() {
  shown=${1%%\?*}
  ## Lines of more than 4 KiB (PIPE_BUF) are torn by those of other endpoints.
  [ ${#shown} -le 500 ] || shown=$(printf '%.500s...' "$shown")
}
