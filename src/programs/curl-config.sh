#!/bin/sh
# curl OPTION...: with what is secret as a config in a pipe: arguments can be read. Its stdin stays
curl() {
  { { url_line && signature "$of"; } | command curl "$@" -K /dev/fd/9 9<&0 0<&8; } 8<&0
}
