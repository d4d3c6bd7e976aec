#!/bin/sh
say "cloning $shown, at most $step_timeout s"
begin_folder
ulimit -f $((step_max_size * 2 + 1)) # in half KiB
