#!/bin/sh
prepare_all "$@" &
