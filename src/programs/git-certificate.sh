#!/bin/sh
# The folder of certificates that the image trusts as well is another one.
unset GIT_SSL_CAINFO GIT_SSL_CAPATH
set_option http.sslCAInfo "$step_ca_certificate_file"
set_option http.sslCAPath "${step_ca_certificate_file%/*}"
