#!/bin/sh
ca=/dev/stdin pem=$(join "$step_ca_certificate_parts")
