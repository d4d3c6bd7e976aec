#!/bin/sh
# reach tcp://HOST:PORT or dns:NAME
reach() {
  host=${1%:*} host=${host#tcp://} host=${host#[}
  case $1 in
    tcp:*) connect "${host%]}" "${1##*:}" ;;
    *) connect -s "${1#dns:}" 127.0.0.1 1 ;;
  esac
  case ${1%%:*}:$status:$result in
    *'bad address'*) cause 6 ;;
    tcp:1:) cause 7 ;;
    dns:1: | dns:1:*bind* | dns:1:*assign*) cause 0 ;;
    *) cause $status ;;
  esac
}

connect() {
  result=$(timeout "$ATTEMPT_TIMEOUT" nc -z "$@" 2>&1 </dev/null)
  status=$?
  result=${result##*"$newline"}
}
