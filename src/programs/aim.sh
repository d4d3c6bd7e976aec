#!/bin/sh
## What is up is tried again, so that a threshold counts one and the same address.
# aim ADDRESS: sets host port. nc tries only one address of a name, so every second attempt is at
# another one, the last one first; fails if there is none
aim() {
  case $result in up*) return ;; esac
  host=${1#*//} host=${host%:*} host=${host#[} host=${host%]} port=${1##*:}
  case $((tries % 2)):$host in 0:*[!0-9.:]*) ;; *) return ;; esac
  if [ -z "$addresses" ] || [ $((tries % 20)) -eq 0 ]; then
    grep -qwF "$host" /etc/hosts || look_up "$host" 0.2 || return
  fi
  for host in "$host" $addresses; do :; done
  addresses="$host ${addresses%"$host"*}"
}
addresses=''
