#!/bin/sh
## Silent name servers are given up soon, eight questions after 1.6 s at most.
# look_up NAME [LIMIT]: sets addresses attempt; fails if there are none
look_up() {
  domains=$(sed -n 's/^search//p' /etc/resolv.conf)
  case $1 in *.) domains='' ;; esac
  case $attempt in *.*) ;; *) left=${attempt}0 ;; esac
  end=$((elapsed + left))
  for domain in $domains ''; do
    addresses=$(for type in a aaaa; do
      timeout "${2:-0.2}" nslookup -type="$type" "${1%.}.$domain"
    done 2>/dev/null | sed -n 's/^Address: //p')
    clock
    [ $((left = end - elapsed)) -gt 0 ] || return
    [ -z "$addresses" ] || break
  done
  [ -n "$addresses" ] && attempt=$((left / 10)).$((left % 10)) known=$result
}
