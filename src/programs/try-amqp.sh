#!/bin/sh
## https://www.amqp.org/specification/0-9-1/amqp-org-download
# try_amqp amqp://HOST:PORT: sets result, up if Connection.Start (10, 10) comes after the header.
try_amqp() {
  talk "$1" 'AMQP\0\0\011\001' '' || return
  case $answer in
    ' 001  \0  \0'????????????????'  \0  \n  \0  \n'*) result=up ;;
    '   A   M   Q   P'*) result='speaks another version of AMQP' ;;
    *) mistake ;;
  esac
}
