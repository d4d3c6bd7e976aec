#!/bin/sh
# shellcheck disable=SC2034 # for expand
# say_left: whether to log what nobody declared
say_left=
