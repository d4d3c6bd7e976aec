#!/bin/sh
# aim ADDRESS: sets host port
aim() {
  host=${1#*//} host=${host%:*} host=${host#[} host=${host%]} port=${1##*:}
}
