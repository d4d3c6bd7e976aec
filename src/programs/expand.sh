#!/bin/sh
# shellcheck disable=SC2016,SC2154 # awk's dollars; encodings and say_left are other fragments'
# expand: copies stdin, and replaces ${NAME}, ${NAME|encoding} and ${NAME:-default} of a declared
# variable; one more $ makes any literal. A dot behind the text lets a final newline survive.
expand() {
  LC_ALL=C awk -v say_left="$say_left" "$encodings"'
    # placeholder: how much of one a text holds; sets name, encoding, fallback, at (of :-), size
    function placeholder(text) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*([|][a-z0-9]+)?(:-[^}]*)?/)) return "none"
      size = RLENGTH + 1
      name = substr(text, 1, RLENGTH)
      at = index(name, ":-")
      fallback = at > 0 ? substr(name, at + 2) : ""
      if (at > 0) name = substr(name, 1, at - 1)
      encoding = name ~ /[|]/ ? substr(name, index(name, "|") + 1) : ""
      sub(/[|].*/, "", name)
      if (substr(text, size, 1) == "}") return name in names ? "whole" : "undeclared"
      return name in names && at > 0 && size > length(text) ? "begun" : "none"
    }
    # value: what stands for it; sets wrong where there is none
    function value() {
      if (!(("var_" name) in ENVIRON)) { # to look at it would make it
        if (at == 0) wrong = "variable " name " has no value"
        return fallback
      }
      return ENVIRON["var_" name] == "" ? fallback : ENVIRON["var_" name]
    }
    # print_replaced: what is before a placeholder, and what stands for it
    function print_replaced(before, text) {
      if (sub(/[$]$/, "", before)) printf "%s${%s", before, text
      else {
        printf "%s", before
        print_encoded(value(), encoding)
      }
    }
    # print_left: what is before a placeholder that nobody declared; left has the first names
    function print_left(before) {
      if (!sub(/[$]$/, "", before) && say_left && !(name in seen)) {
        seen[name]
        many++
        if (many <= 10) left = left " " name
        if (many == 11) left = left " ..."
      }
      printf "%s${", before
    }
    # print_expanded: splits the line once; to cut off one by one takes the square of its length
    function print_expanded(line, count, piece, i, found) {
      count = split(line, piece, /[$][{]/)
      for (i = 2; i <= count; i++) {
        found = placeholder(piece[i])
        if (found == "begun" && i < count) { # a default may hold ${
          piece[i + 1] = piece[i] "${" piece[i + 1]
          piece[i] = piece[i - 1]
        } else if (found == "whole") {
          print_replaced(piece[i - 1], substr(piece[i], 1, size))
          piece[i] = substr(piece[i], size + 1)
        } else if (found == "undeclared") print_left(piece[i - 1])
        else printf "%s${", piece[i - 1]
      }
      printf "%s", piece[count]
    }
    BEGIN { for (i = split(ENVIRON["step_variables"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { print_expanded(last); print "" }
    { last = $0 }
    END {
      print_expanded(substr(last, 1, length(last) - 1))
      if (wrong != "") print "wrong " wrong | "cat >&2"
      else if (left != "") print "left" left | "cat >&2"
      exit wrong != ""
    }'
}
