#!/bin/sh
url=$step_url scheme=${step_url%%:*}

# led_to URL: prints where a redirect leads to
led_to() { printf 'redirects to %s' "$(printable "$1")"; }

# words TEXT: prints what curl says
words() { printable "${1%%"$newline"*}"; }
