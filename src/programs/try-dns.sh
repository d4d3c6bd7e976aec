#!/bin/sh
# try_dns dns:NAME: sets result. nslookup asks otherwise than programs do: a short name never
# resolves. nc that connects *from* NAME resolves it as they do, and then cannot bind to it
try_dns() {
  { said=$(timeout "$attempt" nc -z -s "${1#dns:}" 127.0.0.1 1 2>&1); } 2>/dev/null
  case $?:$said in
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    0:* | 1: | 1:*bind* | 1:*assign*) enough "${1#dns:}" ;;
    127:*) finish 2 'no nc or timeout' ;;
    *) result=${known:-"no answer in $attempt s; a NetworkPolicy that stops DNS?"} ;;
  esac
}
