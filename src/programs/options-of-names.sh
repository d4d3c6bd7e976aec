#!/bin/sh
# options [least=N,]ADDRESS: sets address least
options() {
  address=${1#*,} least=1
  case $1 in least=*) least=${1%%,*} least=${least#*=} ;; esac
}
