#!/bin/sh
# signature OF: prints what curl signs with, as lines of its config, if there is step_signatureOF
signature() {
  LC_ALL=C awk -v of="$1" '
    # line: prints an option as curl reads it
    function line(option, text, i, c, all) {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        all = all (c ~ /["\\]/ ? "\\" : "") c
      }
      printf "%s = \"%s\"\n", option, all
    }
    BEGIN {
      token = "step_session_token" of
      if (!(("step_signature" of) in ENVIRON)) exit
      line("aws-sigv4", ENVIRON["step_signature" of])
      line("user", ENVIRON["step_access_key" of] ":" ENVIRON["step_secret_key" of])
      if (token in ENVIRON) line("header", "x-amz-security-token: " ENVIRON[token])
    }'
}

# Each key must be able to stand in a header.
fault=$(awk 'BEGIN {
  count = split(ENVIRON["step_keys"], name, " ")
  for (i = 1; i <= count; i++) {
    split(name[i], word, "_")
    what = word[2] " " word[3]
    value = ENVIRON[name[i]]
    if (value == "") fault = "has no value"
    if (value ~ /[\r\n]/) fault = "holds a line break; does its Secret end in one?"
    if (what == "access key" && value ~ /:/) fault = "holds a colon"
    if (fault != "") { print what " " fault; exit }
  }
}')
[ -z "$fault" ] || finish 2 "$fault"
