#!/bin/sh
# shellcheck disable=SC2016 # awk's dollars
# expand: copies stdin, and replaces ${NAME} and ${NAME:-default} of step_variables by var_NAME; one
# more $ before it makes it literal. The text has a dot behind it, so that a final newline survives.
expand() {
  LC_ALL=C awk '
    # whether text begins with a declared NAME} or NAME:-default}: sets name, fallback, size
    function declared(text) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?[}]/)) return 0
      size = RLENGTH
      name = substr(text, 1, size - 1)
      fallback = ""
      at = index(name, ":-")
      if (at > 0) {
        fallback = substr(name, at + 2)
        name = substr(name, 1, at - 1)
      }
      return name in names
    }
    function value() {
      if (!(("var_" name) in ENVIRON)) { # to look at it would make it
        if (at == 0) missing = name
        return fallback
      }
      return ENVIRON["var_" name] == "" ? fallback : ENVIRON["var_" name]
    }
    # split once: to cut piece after piece off a long line takes the square of its length
    function expanded(line, count, pieces, i, before) {
      count = split(line, pieces, /[$][{]/)
      for (i = 2; i <= count; i++) {
        before = pieces[i - 1]
        if (!declared(pieces[i])) {
          printf "%s${", before
          continue
        }
        if (before ~ /[$]$/) {
          printf "%s${%s", substr(before, 1, length(before) - 1), substr(pieces[i], 1, size)
        } else {
          printf "%s%s", before, value()
        }
        pieces[i] = substr(pieces[i], size + 1)
      }
      printf "%s", pieces[count]
    }
    BEGIN { for (i = split(ENVIRON["step_variables"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { expanded(last); print "" }
    { last = $0 }
    END {
      expanded(substr(last, 1, length(last) - 1))
      if (missing != "") {
        print "variable " missing " has no value" | "cat >&2"
        exit 1
      }
    }'
}
