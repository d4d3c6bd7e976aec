#!/bin/sh
# template: with its variables replaced
template() { { join "$step_template_parts" && printf .; } | expand; }

say_left_out "$step_template_parts" 'the template'
for piece in $step_template_parts; do
  [ ! -e "$piece" ] || require_text "$piece"
done
