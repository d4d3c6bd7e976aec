#!/bin/sh
# Replaces ${NAME} and ${NAME:-default} of VARIABLES by the value of VAR_NAME; one more $ before it makes it literal.
# The text comes with a dot behind it, so that a final newline, or its absence, stays as it is.
# shellcheck disable=SC2016 # awk's dollars
expand() {
  LC_ALL=C awk '
    function declared(text, rest) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*/)) return 0
      name = substr(text, 1, RLENGTH)
      rest = substr(text, RLENGTH + 1)
      if (!(name in names) || !match(rest, /^([}]|:-[^}]*[}])/)) return 0
      fallback = substr(rest, 3, RLENGTH - 3)
      size = length(name) + RLENGTH
      return 1
    }
    function value() {
      if (!(("VAR_" name) in ENVIRON)) { # to look at it would make it
        if (size == length(name) + 1) missing = name
        return fallback
      }
      return ENVIRON["VAR_" name] == "" ? fallback : ENVIRON["VAR_" name]
    }
    function expanded(line, out, at, after) {
      while ((at = index(line, "${")) > 0) {
        after = substr(line, at + 2)
        if (!declared(after)) { out = out substr(line, 1, at + 1); line = after; continue }
        if (at > 1 && substr(line, at - 1, 1) == "$") out = out substr(line, 1, at - 2) "${" substr(after, 1, size)
        else out = out substr(line, 1, at - 1) value()
        line = substr(after, size + 1)
      }
      return out line
    }
    BEGIN { for (i = split(ENVIRON["VARIABLES"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { print expanded(last) }
    { last = $0 }
    END {
      printf "%s", expanded(substr(last, 1, length(last) - 1))
      if (missing != "") { print "variable " missing " has no value" | "cat >&2"; exit 1 }
    }'
}
