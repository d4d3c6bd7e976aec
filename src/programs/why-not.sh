#!/bin/sh
# why_not STATUS: sets result, why nc did not connect; needs: said attempt known
why_not() {
  case $1:$said in
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    1:*) result='connection refused or no route' ;;
    127:*) finish 2 'no nc or timeout' ;;
    *)
      result="no answer in $attempt s; no ready pods behind the Service? a NetworkPolicy? no DNS?"
      result=${known:-$result}
      ;;
  esac
}
