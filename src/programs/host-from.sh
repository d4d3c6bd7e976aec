#!/bin/sh
# from_host: sets endpoint; needs: number
from_host() {
  value_of host "step_host_$number"
  case $value in *:*) value="[${value#\[}" value="${value%\]}]" ;; esac
  check_host "$value"
  endpoint=${endpoint%%:*}://$value
  value_of port "step_port_$number"
  check_port "$value"
  endpoint=$endpoint:$value
}
