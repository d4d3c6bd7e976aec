#!/bin/sh
# Names in step_endpoints the hosts that stand in variables, step_host_N or step_url_N for the Nth.
set -f # the ? of a URL is no pattern
number=0 named=''
for endpoint in $step_endpoints; do
  number=$((number + 1))
  case $endpoint in
    *://*) ;;
    *:"step_host_$number":*) from_host ;;
    *url:"step_url_$number") from_url ;;
  esac
  named="$named $endpoint"
done
step_endpoints=${named# }
