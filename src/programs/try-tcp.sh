#!/bin/sh
# try_tcp tcp://HOST:PORT: sets result
try_tcp() {
  host=${1#*//} host=${host%:*} host=${host#[}
  { said=$(timeout "$attempt" nc -z "${host%]}" "${1##*:}" 2>&1); } 2>/dev/null
  case $?:$said in
    0:*) result=up ;;
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    1:*) result='connection refused or no route' ;;
    127:*) finish 2 'no nc or timeout' ;;
    *) result=${known:-"no answer in $attempt s; a NetworkPolicy, or no DNS?"} ;;
  esac
}
