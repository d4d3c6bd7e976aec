#!/bin/sh
# clock: sets elapsed (in 0.1 s)
clock() {
  IFS=' .' read -r now cents _ </proc/uptime || finish 2 'no /proc/uptime'
  elapsed=$((${now}0 + ${cents%?} - start))
}
