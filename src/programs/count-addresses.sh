#!/bin/sh
# enough NAME: sets result, up with least addresses; what stands in /etc/hosts is not
# looked up
enough() {
  result=up
  [ "$least" -gt 1 ] || return 0
  addresses=$(awk -v name="$1" '{
    for (i = 2; i <= NF && $i !~ /^#/; i++) if ($i == name && $1 !~ /^#/) print $1
  }' /etc/hosts)
  [ -n "$addresses" ] || look_up "$1" 0.5
  count=$(printf '%s\n' "$addresses" | sort -u | grep -c .)
  [ "$count" -ge "$least" ] || result="$count of $least addresses"
}
