#!/bin/sh
# send: asks for it; headers and certificates come by pipes: arguments can be read. Its first line
# is the cause, its last one has the facts
send() {
  said=$({ headers '' && basic ''; } | {
    printf '%s\n' "$pem" | request --max-redirs "$step_max_redirects" -H @/dev/fd/3 \
      ${ca:+--cacert "$ca"} ${cert:+--cert "$cert" --key "$key"}
  } 3<&0 2>&1)
  status=$?
  client_fault "$status"
  printf '%s\n' "$said"
  return "$status"
}

client_certificate ''
