#!/bin/sh
# template: with its variables replaced
template() { printf '%s.' "$step_template" | expand; }
