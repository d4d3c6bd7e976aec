#!/bin/sh
# options [status=A|B,][follow=no,][ca=FILE,][pem=VARIABLE,]ADDRESS: sets address statuses follow ca
# pem
options() {
  address=$1 statuses=2xx follow=-L ca='' pem=''
  while :; do
    value=${address%%,*} value=${value#*=}
    case $address in
      status=*) statuses=$value ;;
      follow=*) follow='' ;;
      ca=*) ca=$value ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      *) return ;;
    esac
    address=${address#*,}
  done
}
