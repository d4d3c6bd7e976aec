#!/bin/sh
# What is wanted is there: nothing is asked for.
missing=''
# note_missing PATH: sets missing, if the entry of the top level that it is in is not there
note_missing() {
  inner=$1 stripped=0
  while [ $((stripped += 1)) -le "$step_strip_components" ]; do inner=${inner#*/}; done
  is_there "$step_folder/${inner%%/*}" || missing=$1
}
each_wanted note_missing
[ -n "$missing" ] || finish 0 "all of it is in $step_folder already"
