#!/bin/sh
say_left_out "$step_ca_certificate_parts" 'the certificates'
ca=/dev/stdin pem=$(join "$step_ca_certificate_parts")
