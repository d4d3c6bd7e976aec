#!/bin/sh
## Silent name servers are given up soon: each of eight questions after SECONDS.
# look_up NAME SECONDS: sets addresses, all that it has; fails if there are none
look_up() {
  domains=$(sed -n 's/^search//p' /etc/resolv.conf)
  case $1 in *.) domains='' ;; esac
  for domain in $domains ''; do
    addresses=$(for type in a aaaa; do
      timeout "$2" nslookup -type="$type" "${1%.}.$domain"
    done 2>/dev/null | sed -n 's/^Address: //p')
    [ -z "$addresses" ] || return 0
  done
  return 1
}
