#!/bin/sh
command -v base64 >/dev/null || finish 2 'the image lacks base64'

# basic OF: prints the header with step_userOF step_passwordOF, if there are
basic() {
  LC_ALL=C awk -v of="$1" 'BEGIN {
    user = "step_user" of
    if (user in ENVIRON) printf "%s:%s", ENVIRON[user], ENVIRON["step_password" of]
  }' | base64 | tr -d '\n' | sed 's/^/Authorization: Basic /'
}

# require_credentials: ends if a user or password cannot be sent
require_credentials() {
  fault=$(awk 'BEGIN {
    count = split(ENVIRON["step_credentials"], name, " ")
    for (i = 1; i <= count; i++) {
      what = name[i] ~ /user/ ? "user" : "password"
      fault = name[i] in ENVIRON ? "" : "has no value" # a look makes it
      value = ENVIRON[name[i]]
      if (what == "user" && value == "") fault = "has no value"
      if (what == "user" && value ~ /:/) fault = "holds a colon"
      if (value ~ /[\r\n]/) fault = "holds a line break; does its Secret end in one?"
      if (fault != "") { print what " " fault; exit }
    }
  }')
  [ -z "$fault" ] || finish 2 "$fault"
}
require_credentials
