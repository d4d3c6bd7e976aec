#!/bin/sh
## https://www.postgresql.org/docs/current/protocol-message-formats.html
# try_postgres postgres://HOST:PORT: sets result, by the answer to a StartupMessage: a request for a
# password (R), or an error (E) of another code than 57P01, 57P02 and 57P03.
try_postgres() {
  talk "$1" '\0\0\0\051\0\003\0\0user\0postgres\0database\0postgres\0\0' '' || return
  case $answer in
    '   R  \0  \0  \0'*) result=up ;;
    '   E  \0  \0'*'  \0   C   5   7   P   0   '[123]'  \0'*)
      result='starting up'
      case $answer in *'   s   h   u   t'*) result='shutting down' ;; esac
      ;;
    '   E  \0  \0'*'  \0   C   '?'   '?'   '?'   '?'   '?'  \0'*) result=up ;;
    *) mistake ;;
  esac
}
