#!/bin/sh
# What has come has a name with the pod, the step and the sum that it will have.
own=$folder/.init.$step_pod.$0 part=$folder/.init.$step_pod.$0.$step_sha256.part

# leave_part STATUS: keeps it where time is over or the step is stopped: the next run continues it
leave_part() {
  case $1 in
    124 | 143) [ -s "$part" ] || rm -f "$part" ;;
    *) rm -f "$part" ;;
  esac
}
