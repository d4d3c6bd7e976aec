#!/bin/sh
. ../private/program.sh
. ../private/pause.sh
. ../private/cause.sh
. ../private/reach.sh
try() { reach "$1"; }
for tool in nc timeout; do command -v $tool >/dev/null || finish 2 "the image lacks $tool"; done
. ../private/wait.sh
