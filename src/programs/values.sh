#!/bin/sh
newline='
'

# wrong PART FAULT: ends. What is wrong is named, but not said; needs: number
wrong() { finish 2 "$1 of endpoint $number $2"; }

# value_of PART VARIABLE: sets value
value_of() {
  value=$(awk 'BEGIN { printf "%s.", ENVIRON[ARGV[1]] }' "$2")
  value=${value%.}
  case $value in
    '') wrong "$1" 'is empty' ;;
    *"$newline"*) wrong "$1" 'holds a line break; does its Secret end in one?' ;;
  esac
}

# check_host HOST: ends if it is neither a name nor an address, in brackets one of IPv6
check_host() {
  literal=${1#\[} literal=${literal%\]}
  case $1 in
    '') wrong host 'is empty' ;;
    "[$literal]") case $literal in *[!0-9A-Fa-f:.]*) ;; *:*:*) return ;; esac ;;
    *[!-0-9A-Za-z_.]* | [-.]* | *- | *-.* | *.-* | *..*) ;;
    *[!0-9.]* | *.*.*.*) [ ${#1} -gt 253 ] || return 0 ;;
  esac
  wrong host 'is neither a host name nor an IP address'
}

# check_port PORT: ends if it is none
check_port() {
  case $1 in
    '' | 0* | *[!0-9]* | ??????*) ;;
    *) [ "$1" -gt 65535 ] || return 0 ;;
  esac
  wrong port 'is no number from 1 to 65535'
}
