#!/bin/sh
# A value that ends in a line break is kept as it is, but seldom meant.
names=$(awk 'BEGIN {
  count = split(ENVIRON["step_variables"], name, " ")
  for (i = 1; i <= count; i++) if (ENVIRON["var_" name[i]] ~ /\n$/) printf " %s", name[i]
}')
[ -z "$names" ] || say "these variables end in a line break:$names"
