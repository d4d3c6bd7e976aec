#!/bin/sh
show "$step_url"
case $step_url in https:*) schemes=https ;; *) schemes=http,https ;; esac
say "downloading $shown, at most $step_timeout s"
