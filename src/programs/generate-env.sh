#!/bin/sh
# generate [NAME TEMPLATE]...: writes the variables as the kubelet reads them, which takes no more
generate() {
  fill "$part" print_variables "$@" || without_old generate "$@"
  bytes=$(wc -c <"$part")
  [ "$bytes" -le 65536 ] || finish 2 "$((bytes)) bytes of variables, but Kubernetes reads 65536"
  end_file
  finish 0 "wrote variables for the app: $(($# / 2))"
}

# print_variables [NAME TEMPLATE]...: one behind the other
print_variables() {
  while [ $# -gt 0 ]; do
    print_variable "$1" "$2" || return
    shift 2
  done
}

# print_variable NAME TEMPLATE: as NAME='value'; fails if the kubelet would read another value
print_variable() {
  value=$(printf '%s.' "$2" | expand && printf .) || return
  value=${value%.}
  case $value in
    '') echo "wrong $1 is empty, which Kubernetes takes for missing" >&2 ;;
    *\'*) echo "wrong $1 holds a single quote, with which it ends for Kubernetes" >&2 ;;
    *"$cr$newline"*) echo "wrong $1 holds a line break of Windows, which Kubernetes changes" >&2 ;;
    *) printf "%s='%s'\n" "$1" "$value" ;;
  esac
}
where='' newline='
'
cr=$(printf '\r')
generate "$@" &
wait $!
