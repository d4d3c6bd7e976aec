#!/bin/sh
# shellcheck disable=SC2016 # awk's dollars
# make_url: step_url with its variables, which may be secret: the log has step_url in its place
make_url='
  # encoded: what a URL takes as it is stays
  function encoded(text, i, c, all) {
    for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
    for (i = 1; i <= length(text); i++) {
      c = substr(text, i, 1)
      all = all (c ~ /[-A-Za-z0-9._~]/ ? c : sprintf("%%%02X", code[c]))
    }
    return all
  }
  # put_together: sets fault to a variable that cannot stand there as it is
  function put_together(count, piece, i, name, value, all) {
    count = split(ENVIRON["step_url"], piece, /[$][{]/)
    all = piece[1]
    for (i = 2; i <= count; i++) {
      name = substr(piece[i], 1, index(piece[i], "}") - 1)
      piece[i] = substr(piece[i], length(name) + 2)
      if (sub(/[|]url$/, "", name)) value = encoded(ENVIRON["var_" name])
      else value = ENVIRON["var_" name]
      if (value ~ /[^!-~]|["\\]/) fault = name
      all = all value piece[i]
    }
    return all
  }'

# check_url AWK: prints the scheme, or what is wrong
check_url() {
  LC_ALL=C awk "$1"'
    BEGIN {
      all = tolower(put_together())
      if (fault != "")
        print "variable " fault " holds what must be percent-encoded; write ${" fault "|url}"
      else if (all !~ /^https?:\/\/[^\/?#]/) print "the URL is none of http or https"
      else print all ~ /^https/ ? "https" : "http"
    }'
}
url='' scheme=$(check_url "$make_url")
case $scheme in http | https) ;; *) finish 2 "$scheme" ;; esac

# url_line: prints the URL as a line of a config of curl
url_line() { LC_ALL=C awk "$make_url"'BEGIN { printf "url = \"%s\"\n", put_together() }'; }

# led_to URL: it may repeat what is secret
led_to() { printf 'redirects elsewhere'; }

# words TEXT: prints what curl says, if it cannot name the host; needs: status
words() {
  case $1 in
    *'certificate problem: '* | *'verify result: '*) printable "${1%%"$newline"*}" ;;
    *) printf 'curl ended with %s' "$status" ;;
  esac
}
