#!/bin/sh
# require_text FILE: ends if it is none
require_text() {
  { bytes=$(wc -c <"$1"); } 2>/dev/null || finish 2 "cannot read template $1"
  [ "$(tr -d '\000' <"$1" | wc -c)" -eq "$bytes" ] ||
    finish 2 "template $1 is no text: it holds NUL characters; is it UTF-16?"
}
