#!/bin/sh
# options [NAME=VALUE,]...ADDRESS: sets address statuses follow ca pem of; parts are files
options() {
  address=$1 statuses=2xx follow=-L ca='' pem='' of=_0
  while :; do
    value=${address%%,*} value=${value#*=}
    case $address in
      status=*) statuses=$value ;;
      follow=*) follow='' ;;
      ca=*) ca=$value ;;
      parts=*) ca=/dev/stdin pem=$(join "$value") ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      of=*) of=$value ;;
      *) return ;;
    esac
    address=${address#*,}
  done
}
