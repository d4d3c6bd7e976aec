#!/bin/sh
# options [of=OF,]ADDRESS: sets address of
options() {
  address=${1#of=*,} of=_0
  case $1 in of=*) of=${1%%,*} of=${of#of=} ;; esac
}
