#!/bin/sh
# What git is told: by variables, of which no other container and no log knows.
command -v git >/dev/null || finish 2 'the image lacks git'
# No settings of the image, no prompts, and nothing but what the URL names.
export LC_ALL=C HOME="$new" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null \
  GIT_TERMINAL_PROMPT=0 GIT_ASKPASS='' GIT_ALLOW_PROTOCOL="$step_protocols"
# Variables of the image would lead it elsewhere, let it trust anybody, or tell all that it does.
unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_SSL_NO_VERIFY GIT_CURL_VERBOSE \
  GIT_TRACE GIT_TRACE_CURL GIT_TRACE_PACKET GIT_TRACE_SETUP GIT_TRACE_PERFORMANCE
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars)
settings=0

# set_option KEY VALUE: of all that git does
set_option() {
  export "GIT_CONFIG_KEY_$settings=$1" "GIT_CONFIG_VALUE_$settings=$2"
  settings=$((settings + 1))
  export GIT_CONFIG_COUNT="$settings"
}

# A volume may show another owner of what the step writes.
set_option safe.directory '*'
set_option gc.auto 0
set_option maintenance.auto false
set_option advice.detachedHead false
set_option init.defaultBranch main
## What comes is one file, whose size is bounded; large files go through little memory.
set_option fetch.unpackLimit 1
set_option pack.threads 1
set_option core.bigFileThreshold 1m
set_option core.deltaBaseCacheLimit 4m
set_option http.lowSpeedLimit 1
set_option http.lowSpeedTime $((step_timeout / 2 + 1))
