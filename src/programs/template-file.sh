#!/bin/sh
# template: prints the template, and a dot
template() { cat "$step_template_file" && printf .; }

{ [ -f "$step_template_file" ] && [ -r "$step_template_file" ]; } ||
  finish 2 "cannot read template $step_template_file"
[ "$(tr -d '\000' <"$step_template_file" | wc -c)" -eq "$(wc -c <"$step_template_file")" ] ||
  finish 2 "template $step_template_file is no text: it holds NUL characters; is it UTF-16?"
