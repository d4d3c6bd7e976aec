#!/bin/sh
## What is up is tried again, so that a threshold counts one and the same address.
# aim ADDRESS: sets host port. nc tries one address, so every second attempt is at another of its
# name, the last first; fails if there is none
aim() {
  case $result in up*) return ;; esac
  host=${1#*//} host=${host%:*} host=${host#[} host=${host%]} port=${1##*:}
  case $((tries % 2))$host in 1* | *:*) return ;; *[!0-9.]*) ;; *) return ;; esac
  if [ -z "$addresses" ] || [ $((tries % 20)) -eq 0 ]; then
    sed 's/#.*//;s/$/ /' /etc/hosts | tr '\t' ' ' | grep -qF " $host " || look_up "$host" || return
  fi
  for host in "$host" $addresses; do :; done
  addresses="$host ${addresses%"$host"*}"
}
addresses=''
