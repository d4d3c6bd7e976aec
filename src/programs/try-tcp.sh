#!/bin/sh
# try_tcp tcp://HOST:PORT: sets result, up if the connection is held for 0.1 s, or something is said
try_tcp() {
  aim "$1" || return 0
  ## KILL tells the outer timeout from the inner one, after which it is 143 (399 in yash), or 124.
  {
    said=$(timeout -s KILL "$attempt" nc "$host" "$port" -e timeout 0.1 cmp /dev/null - 2>&1)
  } 2>/dev/null
  status=$?
  case $status:$said in
    143:* | 399:* | 124:* | 1:*EOF*) result=up ;;
    0:* | *cmp:*) result='accepted and closed at once: a proxy with nothing behind it?' ;;
    *) why_not ;;
  esac
}
