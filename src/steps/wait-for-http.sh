#!/bin/sh
. ../private/program.sh
. ../private/pause.sh
. ../private/cause.sh
. ../private/reach.sh
. ../private/get.sh
try() { case $1 in http*) get "$@" ;; *) reach "$1" ;; esac }
for tool in curl nc timeout; do command -v $tool >/dev/null || finish 2 "the image lacks $tool"; done
. ../private/wait.sh
