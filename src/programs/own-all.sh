#!/bin/sh
# own_all FOLDER: all below it that has another owner, so that the next run goes on where one stops
own_all() {
  say "giving all in $1 to $step_owner"
  error=$(others "$1" -exec chown -h "$step_owner" {} + 2>&1)
  clock
  [ "$elapsed" -lt "${step_timeout}0" ] ||
    finish 124 "gave up after $step_timeout s: not all in $1 belongs to $step_owner yet"
  # what the app of another pod has removed meanwhile is an error, too
  [ -z "$error" ] || [ -z "$(others "$1" 2>&1 | head -n 1)" ] ||
    fail "give all in $1 to $step_owner"
}

# others FOLDER [ACTION...]: finds what is below it and has another owner, until time is over
others() {
  user=${step_owner%:*} group=${step_owner#*:} top=$1
  [ "$group" != "$step_owner" ] || group=''
  shift
  clock
  timeout $((step_timeout - elapsed / 10 + 1)) find "$top" -mindepth 1 \
    \( ! -user "$user" ${group:+-o ! -group "$group"} \) "$@"
}

# leave_all: says that the owners below are not known; sets unseen
leave_all() { unseen='; what is in it was not looked at'; }
