#!/bin/sh
# Written beside step_destination, hidden, and readable for nobody else yet.
folder=${step_destination%/*}
part=$folder/.${step_destination##*/}.part
umask 077
## In mksh the exit code would be that of rm.
trap 'status=$?; rm -f "$part"; exit "$status"' EXIT
