#!/bin/sh
# client_certificate OF: sets cert key, files
client_certificate() {
  cert=$(variable "step_client_certificate$1") key=$(variable "step_client_key$1")
}

# client_fault STATUS: prints it if they cannot be used
client_fault() {
  case $1 in
    # SSL_CERTPROBLEM, and BAD_FUNCTION_ARGUMENT of newer curls
    43 | 58) echo 'client certificate and key cannot be used: no PEM, encrypted, no pair?' ;;
  esac
}
