#!/bin/sh
# known_as SCHEME: sets kind, as what it is asked, and port, where the URL has none
known_as() {
  kind=$1
  case $1 in
    http) port=80 ;;
    https) port=443 ;;
    postgres | postgresql | postgresql+*) kind=postgres port=5432 ;;
    mysql | mariadb | mysql+* | mariadb+*) kind=mysql port=3306 ;;
    redis | valkey) kind=redis port=6379 ;;
    rediss | valkeys) kind=tls port=6379 ;;
    mongodb) port=27017 ;;
    cassandra) port=9042 ;;
    kafka) port=9092 ;;
    amqp) port=5672 ;;
    amqps) kind=tls port=5671 ;;
    tcp) port='' ;;
    mongodb+srv) wrong scheme 'is mongodb+srv; name the hosts in mongodb://' ;;
    *) wrong scheme 'is none that can be asked' ;;
  esac
}

# read_hosts HOSTS: sets hosts, each with its port; needs: port
read_hosts() {
  hosts=''
  IFS=,
  set -f # it may hold a star
  # shellcheck disable=SC2086 # a list
  set -- $1
  set +f
  unset IFS
  [ $# -gt 0 ] || wrong host 'is empty'
  for name; do
    case $name in \[*) host=${name%%]*}] ;; *) host=${name%%:*} ;; esac
    name=${name#"$host"} name=${name#:}
    check_host "$host"
    check_port "${name:-$port}"
    hosts=$hosts,$host:${name:-$port}
  done
  hosts=${hosts#,}
}

# from_url: sets endpoint: KIND://HOST:PORT,... and of http its path
from_url() {
  value_of URL "step_url_$number"
  url=${value#jdbc:} path=''
  case $url in *://*) ;; *) wrong URL 'holds no ://' ;; esac
  known_as "${url%%://*}"
  url=${url#*://} rest=${url%%\?*} query=${url#"$rest"}
  case $kind in
    http | https) cut_path ;;
    *) cut_user ;;
  esac
  read_hosts "$rest"
  case $kind:$hosts in http*,*) wrong host 'is more than one' ;; esac
  endpoint=${endpoint%url:*}$kind://$hosts$path
}

# cut_path: moves the path of http from rest to path, and drops the user
cut_path() {
  rest=${rest%%#*}
  path=${rest#"${rest%%/*}"} rest=${rest%%/*} rest=${rest##*@}
  case $path in *[!!-~]*) wrong path 'must be percent-encoded' ;; esac
}

# cut_user: leaves the hosts in rest; sets kind to tls where a handshake is wanted. Many clients
# take a raw @ or / in a password: what stands before the last @ is no host
cut_user() {
  case $rest in
    *@*) ;;
    *) case ${value%%:*}:$query in
      jdbc:*) ;; # has its user there
      *@*) wrong URL 'holds an @ behind a ?; write them as %40 and %3F' ;;
    esac ;;
  esac
  rest=${rest##*@} rest=${rest%%[/#]*}
  case $kind:$query\& in
    postgres:* | mysql:* | tcp:*) ;; # TLS begins within their protocol
    *[?\&]tls=true\&* | *[?\&]ssl=true\&*) kind=tls ;;
  esac
}
