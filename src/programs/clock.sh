#!/bin/sh
# clock: sets elapsed (in 0.1 s)
clock() {
  read -r now _ </proc/uptime || finish 2 'no /proc/uptime'
  elapsed=$((${now%.*}0 + 1${now#*.} / 10 - start)) # 1: no octal 08
}
start=0
clock
start=$elapsed
