#!/bin/sh
## The curl image has no telnet. A pipe that is open both ways is never at its end.
# hold TIME: sets result, up unless the server closes before this time, and without a word
hold() {
  result=up
  case $host in *:*) host="[$host]" ;; esac
  said=$(
    {
      : | curl -q -s --noproxy '*' --max-time "$1" "telnet://$host:$port" 0<>/dev/stdin
      echo " $?"
    } | head -c 9
  )
  case $said in
    ' 0' | ' 56') # RECV_ERROR
      result='accepted and closed at once: a proxy with nothing behind it?'
      ;;
  esac
}
