#!/bin/sh
# once ADDRESS: sets result; an attempt that the deadline cut short knows less than the one before
once() {
  before=$result
  "try_${1%%:*}" "$1"
  case $attempt:$result in *.*:'no answer'*) result=${before:-$result} ;; esac
}
try=once result=''
