#!/bin/sh
fault=$(awk 'BEGIN {
  token = ENVIRON["step_token"]
  if (token == "") print "has no value"
  if (token ~ /[\r\n]/) print "holds a line break; does its Secret end in one?"
}')
[ -z "$fault" ] || finish 2 "the token $fault"
# git asks for the token when a server does, and only for the host of the URL: wherever that leads,
# the token stays. The answer comes through a pipe.
origin=${step_url#*://} origin=${step_url%%://*}://${origin%%/*}
set_option "credential.$origin.helper" '!awk "BEGIN {
  printf \"username=%s\npassword=%s\n\", ENVIRON[\"step_user\"], ENVIRON[\"step_token\"]
}"'

# refused: sets result, where the server does not let us in
refused() { result='the server refuses the token'; }
