#!/bin/sh
## https://kafka.apache.org/protocol
# try_kafka kafka://HOST:PORT: sets result, up if ApiVersions is answered, and Metadata of no topic
# does not end with controller -1. A broker that wants SASL closes instead of the latter.
try_kafka() {
  talk "$1" "$requests" '' || return
  case $answer in
    *' 377 377 377 377  \0  \0  \0  \0') result='no controller' ;;
    ????????????????'  \0  \0  \0 001  \0  \0  \0  \0'*) result=up ;;
    *) mistake ;;
  esac
}
requests='\0\0\0\012\0\022\0\0\0\0\0\001\377\377'
requests="$requests"'\0\0\0\016\0\003\0\001\0\0\0\002\377\377\0\0\0\0'
