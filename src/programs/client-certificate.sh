#!/bin/sh
# client_certificate OF: sets cert key, the files step_client_certificateOF step_client_keyOF
client_certificate() {
  cert=$(variable "step_client_certificate$1") key=$(variable "step_client_key$1")
}

# judge_client: ends if they cannot be used; needs: status
judge_client() {
  case $status in
    # SSL_CERTPROBLEM, and BAD_FUNCTION_ARGUMENT of newer curls
    43 | 58) finish 2 'client certificate and key cannot be used: no PEM, encrypted, no pair?' ;;
  esac
}
