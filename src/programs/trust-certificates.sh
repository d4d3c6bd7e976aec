#!/bin/sh
# trust [KIND SOURCE NAME]...: writes what the image trusts, and these certificates behind it
trust() {
  find_trusted
  each_source require_certificates "$@"
  fill "$part" print_all "$@" || without_old trust "$@"
  end_file
  many=$(grep -c "BEGIN .*CERTIFICATE-" "$step_destination")
  finish 0 "wrote $step_destination: $many certificates"
}

# find_trusted: sets trusted, the bundle of the image, where Alpine, Debian, Red Hat or SUSE have it
find_trusted() {
  for trusted in /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/cert.pem \
    /etc/ssl/ca-bundle.pem; do
    [ ! -s "$trusted" ] || return 0
  done
  finish 2 'the image trusts nobody: it has no /etc/ssl/certs/ca-certificates.crt or the like'
}

# each_source FUNCTION [KIND SOURCE NAME]...: calls it with each, but an optional one that is
# missing, which is said the first time
each_source() {
  call=$1
  shift
  while [ $# -gt 0 ]; do
    if [ "$1" != optional ] || [ -s "$2" ]; then
      "$call" "$1" "$2" "$3"
    elif [ "$call" = require_certificates ]; then
      say "$3 is not there: left out"
    fi
    shift 3
  done
}

# require_certificates KIND SOURCE NAME: ends if it is something else than certificates in PEM form
require_certificates() {
  produce "$1" "$2" | awk '
    { sub(/\r$/, "") }
    /PRIVATE KEY-----/ { secret = 1 }
    /^-----BEGIN (TRUSTED )?CERTIFICATE-----/ { wrong += inside; inside = 1; body = ""; next }
    /^-----END (TRUSTED )?CERTIFICATE-----/ { wrong += body !~ /^MI/; inside = 0; count++; next }
    inside && !/^[A-Za-z0-9+\/=]+$/ { wrong++ }
    inside { body = body $0 }
    END { exit secret ? 3 : wrong + inside > 0 || count == 0 }'
  case $? in
    0) ;;
    3) finish 2 "$3 holds a private key, which nobody else may see" ;;
    *) finish 2 "$3 holds no certificates in PEM form" ;;
  esac
}

# print_all [KIND SOURCE NAME]...: prints the bundle and these
print_all() {
  cat "$trusted" && echo && each_source print_one "$@"
}

# print_one KIND SOURCE NAME: with a line break behind it
print_one() { produce "$1" "$2" && echo; }
where=''
trust "$@" &
wait $!
