#!/bin/sh
ca=$step_ca_certificate_file pem=''
