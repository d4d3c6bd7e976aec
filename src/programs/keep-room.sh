#!/bin/sh
# make_room FILE: what others may read stays; sets result
make_room() { result='' && return 1; }
