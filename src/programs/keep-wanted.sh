#!/bin/sh
# What is wanted is there: nothing is asked for.
missing=''
# note_missing PATH: sets missing
note_missing() { is_there "$step_folder/$1" || missing=$1; }
each_wanted note_missing
[ -z "$step_include" ] || [ -n "$missing" ] || finish 0 "all of it is in $step_folder already"
