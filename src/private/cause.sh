#!/bin/sh
# cause STATUS: what it means that curl or timeout ended so. 399 is 143 in yash.
cause() {
  case $(($1 % 256)) in
    0) result=up ;;
    6) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7) result='connection refused or no route' ;;
    28) result="no answer in $ATTEMPT_TIMEOUT s" ;;
    124 | 143) result="no answer in $ATTEMPT_TIMEOUT s; a NetworkPolicy, or no DNS?" ;;
    137) result='killed; not enough memory?' ;;
  esac
}
