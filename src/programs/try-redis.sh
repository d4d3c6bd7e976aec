#!/bin/sh
## https://redis.io/docs/latest/develop/reference/protocol-spec/
# try_redis redis://HOST:PORT: sets result, by the answer to PING; QUIT lets the server close.
try_redis() {
  talk "$1" '*1\r\n\0444\r\nPING\r\n' '*1\r\n\0444\r\nQUIT\r\n' || return
  case $answer in
    '   +   P   O   N   G  \r  \n'*) result=up ;;
    '   -   N   O   A   U   T   H    '* | '   -   N   O   P   E   R   M    '*) result=up ;;
    '   -   L   O   A   D   I   N   G    '*) result='loading the dataset' ;;
    '   -   M   A   S   T   E   R   D   O   W   N    '*) result='no link to its master' ;;
    '   -   B   U   S   Y    '*) result='busy with a script' ;;
    '   -   E   R   R       m   a   x    '*) result='too many connections' ;;
    '   -   '[A-Z]*'  \r  \n'*) result="refused: $(text "${answer%%'  \r'*}")" ;;
    *) mistake ;;
  esac
}
