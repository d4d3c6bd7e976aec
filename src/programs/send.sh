#!/bin/sh
# send: asks for it; headers and certificates come through pipes, for arguments can be read
send() {
  headers | {
    printf '%s\n' "$pem" | request --max-redirs "$step_max_redirects" \
      ${ca:+--cacert "$ca"} ${step_headers:+-H @/dev/fd/3}
  } 3<&0
}
