#!/bin/sh
# shellcheck disable=SC2218 # it stands in a fragment
say_left_out "$step_ca_certificate_parts" 'the certificates'
ca=/dev/stdin pem=$(join "$step_ca_certificate_parts")
