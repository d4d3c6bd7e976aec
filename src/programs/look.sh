#!/bin/sh
# look URL: sets said status
look() {
  said=$(get_status "$1")
  status=$?
}
