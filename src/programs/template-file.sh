#!/bin/sh
# template: with its variables replaced
template() { { cat "$step_template_file" && printf .; } | expand; }

require_text "$step_template_file"
