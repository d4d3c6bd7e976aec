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
  case $value in [\ \"\']*) wrong URL 'begins with a blank or a quote' ;; esac
  url=${value#jdbc:} path=''
  case $url in *://*) ;; *) wrong URL 'holds no ://' ;; esac
  known_as "$(printf '%s' "${url%%://*}" | tr '[:upper:]' '[:lower:]')"
  url=${url#*://} rest=${url%%\?*} query=${url#"$rest"}
  case $kind in
    http | https) cut_path ;;
    *) cut_user ;;
  esac
  read_hosts "$rest"
  case $kind:$hosts in http*,*) wrong host 'is more than one' ;; esac
  endpoint=${endpoint%url:*}$kind://$hosts$path
}

# behind SIGN CODE: ends. What stands before the @ may be a user and a password
behind() { wrong URL "holds an @ behind a $1; write them as %40 and $2"; }

# cut_path: moves the path of http from rest to path, and drops the user. An @ in a query is taken
# behind a = only
cut_path() {
  path=${rest#"${rest%%[/#]*}"} rest=${rest%%[/#]*}
  case $path in
    /*@*) behind / %2F ;;
    *@*) behind '#' %23 ;;
  esac
  case ${query%%=*} in *@*) behind '?' %3F ;; esac
  rest=${rest##*@} path=${path%%#*}
  case $path in *[!!-~]*) wrong path 'must be percent-encoded' ;; esac
}

# cut_user: leaves the hosts in rest; sets kind to tls where a handshake is wanted. Many clients
# take a raw @ or / in a password: what stands before the last @ is no host. An @ in a query is
# taken only where it has a user, a password, or the name of an app, as that of Azure
cut_user() {
  case $query in
    *[?\&]user=* | *[?\&]password=* | *[?\&]appName=*) ;;
    *@*) behind '?' %3F ;;
  esac
  rest=${rest##*@} rest=${rest%%[/#]*}
  case $kind:$query\& in
    postgres:* | mysql:* | tcp:*) ;; # TLS begins within their protocol
    *[?\&]tls=true\&* | *[?\&]ssl=true\&*) kind=tls ;;
  esac
}
