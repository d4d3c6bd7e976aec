#!/bin/sh
newline='
'

## telnet ends when the server closes, nc does not. A pipe that is open both ways is never at its end.
# hold TIME: sets result, up unless the server closes before this time, and without a word
hold() {
  result=up
  {
    said=$(: | timeout "$1" telnet "$host" "$port" 0<>/dev/stdin | head -c 400)
  } 2>/dev/null
  case ${said#"Connected to $host$newline"} in
    'Connection closed by'* | 'EOF on read'*) # busybox 1.37, 1.38
      result='accepted and closed at once: a proxy with nothing behind it?'
      ;;
  esac
}
