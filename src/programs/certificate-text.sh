#!/bin/sh
ca=/dev/stdin pem=$step_ca_certificate
