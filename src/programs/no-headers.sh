#!/bin/sh
# headers: there are none
headers() { :; }
step_headers=''
