#!/bin/sh
# enough NAME: sets result, up with step_leastOF addresses: those of /etc/hosts, or else those that
# name servers tell; needs: of
enough() {
  result=up
  least=$(variable "step_least$of")
  [ -n "$least" ] || return 0
  addresses=$(awk -v name="$1" '{
    for (i = 2; i <= NF && $i !~ /^#/; i++) if ($i == name && $1 !~ /^#/) print $1
  }' /etc/hosts)
  [ -n "$addresses" ] || look_up "$1" 0.5
  count=$(printf '%s\n' "$addresses" | sort -u | grep -c .)
  [ "$count" -ge "$least" ] || result="$count of $least addresses"
}
