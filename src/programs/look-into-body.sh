#!/bin/sh
# look URL: sets said status, and lacks, how the body falls short; needs: of
look() {
  sought=$(variable "step_body$of" | hex)
  if [ -n "$sought" ]; then
    said=$(get_body "$1" 4>&1)
    lacks=${said##*"$newline"} said=${said%"$newline"*}
    status=${lacks%%,*} lacks=${lacks#*,}
    case ${lacks:+$status} in '' | 0 | 23) ;; *) lacks="what came of $lacks" ;; esac # WRITE_ERROR
    code=${said##*"$newline"}
    lacks=${lacks:+"status ${code%%,*}, but $lacks"}
  else
    said=$(get_status "$1")
    status=$? lacks=''
  fi
}

# get_body URL: tells fd 4 what curl says, its status, and how 64 KiB of the body fall short.
# In hexadecimal no byte does harm; each has three characters
get_body() {
  bytes=$(
    {
      trap '' PIPE # head has enough
      get "$1" 2>&4
      printf '\n%s,' $? >&4
    } | head -c 65536 | hex
  )
  case $bytes in *"$sought"*) return ;; esac
  part='the body lacks'
  [ ${#bytes} -lt 196608 ] || part='its first 64 KiB lack'
  printf "%s '%s'" "$part" "$(printable "$(variable "step_body$of" | head -c 80)")" >&4
}

# hex: prints stdin in hexadecimal, each byte between spaces
hex() { od -An -v -tx1 | tr -s ' \n' ' '; }
