#!/bin/sh
# choose ADDRESS: sets host port. Of several hosts each attempt is at the next one
choose() {
  IFS=,
  # shellcheck disable=SC2086 # a list
  set -- ${1#*//}
  unset IFS
  shift $(((tries - 1) % $#))
  host=${1%:*} host=${host#[} host=${host%]} port=${1##*:}
}

## What is up is tried again, so that a threshold counts one and the same address.
# aim ADDRESS: sets host port. nc tries only one address of a name: where it is the only one, every
# second attempt is at another address, the last one first; fails if there is none
aim() {
  case $result in up*) return ;; esac
  choose "$1"
  case $1:$((tries % 2)) in *,* | *:1) return ;; esac
  case $host in *:*) return ;; *[!0-9.]*) ;; *) return ;; esac
  if [ -z "$addresses" ] || [ $((tries % 20)) -eq 0 ]; then
    sed 's/#.*//;s/$/ /' /etc/hosts | tr '\t' ' ' | grep -qF " $host " || look_up "$host" || return
  fi
  for host in "$host" $addresses; do :; done
  addresses="$host ${addresses%"$host"*}"
}
addresses=''
