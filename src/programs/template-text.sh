#!/bin/sh
# template: prints the template, and a dot
template() { printf '%s.' "$step_template"; }
