#!/bin/sh
# headers OF: prints step_headersOF, varOF_NAME for ${NAME}; one more $ makes it literal
headers() {
  LC_ALL=C awk -v of="$1" 'BEGIN {
    count = split(ENVIRON["step_headers" of], piece, /[$][{]/)
    for (i = 2; i <= count; i++) {
      name = substr(piece[i], 1, index(piece[i], "}") - 1)
      if (sub(/[$]$/, "", piece[i - 1])) piece[i] = "${" piece[i]
      else piece[i] = ENVIRON["var" of "_" name] substr(piece[i], length(name) + 2)
    }
    for (i = 1; i <= count; i++) printf "%s", piece[i]
    print ""
  }'
}
