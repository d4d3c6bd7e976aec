#!/bin/sh
# shellcheck disable=SC2016,SC2034 # awk's dollars; for expand
# encodings: print a value as it must be written where it stands; set wrong where that is impossible
encodings='
  BEGIN {
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
    split("& &amp; < &lt; > &gt; \" &quot; \047 &apos;", list, " ")
    for (i = 1; i < 10; i += 2) entity[list[i]] = list[i + 1]
  }
  # encoded: one byte in JSON, a URL or XML; needs: name; sets wrong
  function encoded(c, encoding) {
    if (encoding == "url") return c ~ /[-A-Za-z0-9._~]/ ? c : sprintf("%%%02X", code[c])
    if (encoding == "xml") {
      if (code[c] < 32 && c !~ /[\t\n\r]/) wrong = "variable " name " holds what XML cannot"
      return c in entity ? entity[c] : c
    }
    if (c == "\"" || c == "\\") return "\\" c
    return code[c] < 32 ? sprintf("\\u%04x", code[c]) : c
  }
  # base64: the last of the digits of a number
  function base64(number) {
    return substr(digits, number % 64 + 1, 1)
  }
  # print_base64: three bytes make four digits
  function print_base64(text, i, size, bits) {
    size = length(text)
    for (i = 1; i <= size; i += 3) {
      bits = code[substr(text, i, 1)] * 65536
      if (i < size) bits += code[substr(text, i + 1, 1)] * 256
      if (i + 1 < size) bits += code[substr(text, i + 2, 1)]
      printf "%s%s", base64(int(bits / 262144)), base64(int(bits / 4096))
      printf "%s", i < size ? base64(int(bits / 64)) : "="
      printf "%s", i + 1 < size ? base64(bits) : "="
    }
  }
  # print_encoded: byte by byte: to add up a text takes the square of its length
  function print_encoded(text, encoding, i, size) {
    size = length(text)
    if (encoding == "") printf "%s", text
    else if (encoding == "base64") print_base64(text)
    else if (encoding !~ /^(json|url|xml)$/)
      wrong = "${" name "|" encoding "} must end in json, url, base64 or xml"
    else {
      if (encoding == "json") printf "\""
      for (i = 1; i <= size; i++) printf "%s", encoded(substr(text, i, 1), encoding)
      if (encoding == "json") printf "\""
    }
  }'
