#!/bin/sh
# shellcheck disable=SC2034 # for expand
# encodings: this template uses none
encodings='function print_encoded(text) { printf "%s", text }'
