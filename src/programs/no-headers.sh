#!/bin/sh
# headers: there are none
headers() { :; }
