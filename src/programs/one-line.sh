#!/bin/sh
# require_one_line: ends if a variable cannot stand in a header
require_one_line() {
  fault=$(awk 'BEGIN {
    count = split(ENVIRON["step_variables"], name, " ")
    for (i = 1; i <= count; i++) {
      value = ENVIRON["var_" name[i]]
      fault = value == "" ? "has no value" : ""
      if (value ~ /[\r\n]/) fault = "holds a line break; does its Secret end in one?"
      if (fault != "") { print name[i] " " fault; exit }
    }
  }')
  [ -z "$fault" ] || finish 2 "variable ${fault#[0-9]*_}"
}
require_one_line
