#!/bin/sh
# The variables of the only request have no number.
of=''
