#!/bin/sh
url=$step_url scheme=${step_url%%:*}

# led_to: prints where a redirect leads to, without its query; needs: where
led_to() { printf 'redirects to %s' "$(printable "${where#* }")"; }

# words: prints what curl says; needs: said
words() { printable "${said%%"$newline"*}"; }
