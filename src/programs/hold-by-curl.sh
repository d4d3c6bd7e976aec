#!/bin/sh
## The curl image has no telnet. Its input stays open for longer than it may take; newer ones hang on a
## pipe that is open both ways.
# hold TIME: sets result, up unless the server closes before this time, and without a word
hold() {
  result=up at=$host
  case $host in *:*) at="[$host]" ;; esac
  said=$(
    {
      { sleep "$1" && sleep 0.2; } |
        curl -q -s --noproxy '*' --max-time "$1" "telnet://$at:$port"
      echo " $?"
    } | head -c 9
  )
  case $said in
    ' 0' | ' 56') # RECV_ERROR
      result='accepted and closed at once: a proxy with nothing behind it?'
      ;;
  esac
}
