#!/bin/sh
# ask OPTION...: runs curl
ask() { curl "$@"; }
