#!/bin/sh
# ask OPTION...: runs curl with what is secret as a config in a pipe: arguments can be read. Its
# stdin stays
ask() {
  { { url_line && signature "$of"; } | curl "$@" -K /dev/fd/9 9<&0 0<&8; } 8<&0
}
