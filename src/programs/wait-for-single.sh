#!/bin/sh
set -f # the ? of a URL is no pattern
options "$step_endpoints"
show "$address"
