#!/bin/sh
set -f # the ? of a URL is no pattern
options "$step_endpoints"
wait_for "$address" "$try" 40 & # an attempt may take five seconds more
