#!/bin/sh
## nc -e would do with one connection, but intruders use it: Falco and its kin raise an alarm.
# try_tcp tcp://HOST:PORT: sets result, up if it connects, and the connection stays for 0.1 s more
try_tcp() {
  aim "$1" || return 0
  begun=$elapsed
  { said=$(timeout "$attempt" nc -z "$host" "$port" 2>&1); } 2>/dev/null
  status=$?
  clock
  took=$((elapsed - begun + 2))
  case $status in
    0) hold $((took / 10)).$((took % 10)) ;;
    *) why_not "$status" ;;
  esac
}
