#!/bin/sh
# options [status=A|B,][ca=FILE,][pem=VARIABLE,]ADDRESS: sets address statuses ca pem
options() {
  address=$1 statuses=2xx ca='' pem=''
  while :; do
    value=${address%%,*} value=${value#*=}
    case $address in
      status=*) statuses=$value ;;
      ca=*) ca=$value ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      *) return ;;
    esac
    address=${address#*,}
  done
}
