#!/bin/sh
# headers: prints step_headers, with var_NAME for ${NAME}; one more $ before makes it literal
headers() {
  LC_ALL=C awk 'BEGIN {
    count = split(ENVIRON["step_headers"], piece, /[$][{]/)
    for (i = 2; i <= count; i++) {
      name = substr(piece[i], 1, index(piece[i], "}") - 1)
      if (sub(/[$]$/, "", piece[i - 1])) piece[i] = "${" piece[i]
      else piece[i] = ENVIRON["var_" name] substr(piece[i], length(name) + 2)
    }
    for (i = 1; i <= count; i++) printf "%s", piece[i]
    print ""
  }'
}
