#!/bin/sh
# shellcheck disable=SC2016 # awk's dollars
# expand: copies stdin, and replaces ${NAME} and ${NAME:-default} of step_variables by var_NAME; one
# more $ before it makes it literal. The text has a dot behind it, so that a final newline survives.
expand() {
  LC_ALL=C awk '
    # placeholder: how much of one text holds, from behind its ${; sets name, at (of :-), size
    function placeholder(text) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?/)) return "none"
      size = RLENGTH + 1
      name = substr(text, 1, RLENGTH)
      at = index(name, ":-")
      fallback = at > 0 ? substr(name, at + 2) : ""
      if (at > 0) name = substr(name, 1, at - 1)
      if (!(name in names)) return "none"
      if (substr(text, size, 1) == "}") return "whole"
      return at > 0 && size > length(text) ? "begun" : "none"
    }
    # value: what stands for it; sets missing, the name of one that has none
    function value() {
      if (!(("var_" name) in ENVIRON)) { # to look at it would make it
        if (at == 0) missing = name
        return fallback
      }
      return ENVIRON["var_" name] == "" ? fallback : ENVIRON["var_" name]
    }
    # print_replaced: prints what is before a placeholder, and what stands for it
    function print_replaced(before, text) {
      if (sub(/[$]$/, "", before)) printf "%s${%s", before, text
      else printf "%s%s", before, value()
    }
    # print_expanded: splits the line once; to cut off one by one takes the square of its length
    function print_expanded(line, count, piece, i, found) {
      count = split(line, piece, /[$][{]/)
      for (i = 2; i <= count; i++) {
        found = placeholder(piece[i])
        if (found == "begun" && i < count) { # a default may hold ${
          piece[i + 1] = piece[i] "${" piece[i + 1]
          piece[i] = piece[i - 1]
        } else if (found != "whole") {
          printf "%s${", piece[i - 1]
        } else {
          print_replaced(piece[i - 1], substr(piece[i], 1, size))
          piece[i] = substr(piece[i], size + 1)
        }
      }
      printf "%s", piece[count]
    }
    BEGIN { for (i = split(ENVIRON["step_variables"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { print_expanded(last); print "" }
    { last = $0 }
    END {
      print_expanded(substr(last, 1, length(last) - 1))
      if (missing != "") {
        print "variable " missing " has no value" | "cat >&2"
        exit 1
      }
    }'
}
