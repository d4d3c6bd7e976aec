#!/bin/sh
# The file is written beside step_destination, hidden, readable for nobody else yet.
folder=${step_destination%/*} part=${step_destination%/*}/.${step_destination##*/}.part
umask 077
## In mksh the exit code would be that of rm.
trap 'status=$?; rm -f "$part"; exit "$status"' EXIT
