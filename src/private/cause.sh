#!/bin/sh
# A status of 399 is 143 in yash.
cause() { # STATUS of curl or timeout
  case $(($1 % 256)) in
    0) result=up ;;
    6) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7) result='connection refused or no route' ;;
    28 | 124 | 143) result="no answer in $ATTEMPT_TIMEOUT s" ;;
    137) result='killed; not enough memory?' ;;
  esac
}
