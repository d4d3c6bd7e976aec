#!/bin/sh
# headers: prints the request headers with the values of their variables
headers() { printf '%s.' "$step_headers" | expand; }
