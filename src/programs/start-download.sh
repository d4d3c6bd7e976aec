#!/bin/sh
shown=${step_url%%\?*} # what is behind its ? may be a secret
case $step_url in https:*) schemes=https ;; *) schemes=http,https ;; esac
say "downloading $shown, at most $step_timeout s"
