#!/bin/sh
## https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
# try_mysql mysql://HOST:PORT: sets result, by whether a greeting comes (10) or an error (255). That
# is replied to as by an unknown user, for a server blocks the host of who goes without a word.
try_mysql() {
  talk "$1" '' "$log_in" || return
  case $answer in
    ????????'  \0  \0  \n'*) result=up ;;
    ????????'  \0  \0 377 020 004'* | ????????'  \0  \0 377 263 004'*)
      result='too many connections' # 1040 1203
      ;;
    ????????'  \0  \0 377   i 004'*) result='host is blocked' ;; # 1129
    ????????'  \0  \0 377'*) result="refused: $(text "${answer#????????????????????????????}")" ;;
    *) mistake ;;
  esac
}
## LONG_PASSWORD, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH; packets of 16 MiB; latin1. The last packet is
## the answer of who has no password to a server that wants another plugin.
log_in='\110\0\0\001\001\202\010\0\0\0\0\001\010\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
log_in="$log_in"'wait-for-service\0\0mysql_native_password\0\0\0\0\003'
