#!/bin/sh
# shellcheck disable=SC2016,SC2034 # awk's dollars; for the judge
# rules: those of awk, which read JSON, a document in one line or in several. What is in a container
# that is wanted is in at[path], e.g. at["status", "replicas"]; of a null there is nothing
rules='
  # begin: a document begins
  function begin() {
    split("", at)
    whole = quoted = depth = 0
    tracks[0] = 1
    expect = "value"
  }
  # Lines are cut at quotes: to look at each byte takes too long.
  # feed: reads a line; sets whole at the end of a document, and broken if it is none
  function feed(line, i, j, size, count, rest, piece) {
    if (whole) begin()
    size = length(line)
    for (i = 1; i <= size; i += 65536) {
      count = split(rest substr(line, i, 65536), piece, "\"")
      for (j = 1; j < count && !broken; j++) take(piece[j])
      rest = piece[count]
    }
    if (quoted) broken = 1
    else tokens(rest)
    if (broken) whole = 0
  }
  # take: what is before a quote, which begins or ends a string, or belongs to it
  function take(piece) {
    if (!quoted) {
      tokens(piece)
      quoted = 1
      text = ""
      return
    }
    if (tracks[depth] && length(text) < 4096) text = substr(text piece "\"", 1, 4096)
    if (!escapes(piece)) {
      quoted = 0
      string(substr(text, 1, length(text) - 1))
    }
  }
  # escapes: whether a text ends in an odd number of backslashes
  function escapes(text, size, count) {
    size = length(text)
    while (size - count > 15 && substr(text, size - count - 15, 16) == backslashes) count += 16
    while (count < size && substr(text, size - count, 1) == "\\") count++
    return count % 2
  }
  # tokens: what is between two strings, mostly one, or some that were there before
  function tokens(piece, i, count, list, spaced) {
    if (piece == "," || piece == ":") token(piece)
    else {
      spaced = piece in known ? known[piece] : apart(piece)
      count = split(spaced, list, " ")
      for (i = 1; i <= count; i++) token(list[i])
    }
  }
  # apart: puts blanks between tokens
  function apart(piece, spaced) {
    spaced = piece
    gsub(/\r/, " ", spaced)
    gsub(/[][{}:,]/, " & ", spaced)
    if (length(piece) < 6) known[piece] = spaced
    return spaced
  }
  # token: one of these
  function token(word) {
    if (word == ",") {
      if (expect != "more" || depth == 0) broken = 1
      expect = open[depth] == "{" ? "key" : "value"
      item[depth]++
    } else if (word == ":") {
      if (expect != "colon") broken = 1
      expect = "value"
    } else if (word == "{" || word == "[") opened(word)
    else if (word == "}") closed("{", "name")
    else if (word == "]") closed("[", "item")
    else if (word ~ /^(true|false|null)$/ || word ~ number) value(word)
    else broken = 1
  }
  # string: a key or a value
  function string(text) {
    if (expect != "key" && expect != "name") value(decoded(text), 1)
    else {
      if (tracks[depth]) key[depth] = decoded(text)
      expect = "colon"
    }
  }
  # value: a string or another scalar
  function value(text, is_string) {
    if (expect != "value" && expect != "item") broken = 1
    if (tracks[depth] && (is_string || text != "null")) at[path()] = text
    ended()
  }
  # path: of what comes next
  function path() {
    if (depth == 0) return ""
    return (depth > 1 ? within[depth] SUBSEP : "") (open[depth] == "{" ? key[depth] : item[depth])
  }
  # opened: an object or an array begins
  function opened(bracket, place) {
    if (expect != "value" && expect != "item") broken = 1
    if (tracks[depth]) place = path()
    tracks[depth + 1] = tracks[depth] && wanted(place)
    depth++
    open[depth] = bracket
    within[depth] = place
    item[depth] = 0
    expect = bracket == "{" ? "name" : "item"
  }
  # closed: it ends, where it may
  function closed(bracket, empty) {
    if (open[depth] != bracket || depth == 0 || expect != "more" && expect != empty) broken = 1
    else depth--
    ended()
  }
  # ended: a value is whole
  function ended() {
    expect = "more"
    whole = depth == 0
  }
  # decoded: a string without escapes; what controls a terminal is a blank
  function decoded(text, i, count, part, all) {
    wrong = 0
    count = split(text, part, /\\/)
    all = part[1]
    for (i = 2; i <= count; i++) {
      if (part[i] == "") all = all "\\" part[++i]
      else if (part[i] !~ /^u/) {
        if (part[i] !~ /^["\/bfnrt]/) wrong = 1
        all = all (part[i] ~ /^["\/]/ ? substr(part[i], 1, 1) : " ") substr(part[i], 2)
      } else if (part[i] part[i + 1] ~ /^u[dD][89abAB]..u[dD][c-fC-F]/) {
        all = all utf8((hex(part[i]) - 55296) * 1024 + hex(part[i + 1]) - 56320 + 65536)
        all = all substr(part[++i], 6)
      } else all = all utf8(hex(part[i])) substr(part[i], 6)
    }
    if (wrong && length(text) < 4095) broken = 1 # a long one is cut, maybe in an escape
    gsub(/[[:cntrl:]]/, " ", all)
    return all
  }
  # hex: the number of uXXXX
  function hex(text, i, digit, number) {
    if (length(text) < 5) wrong = 1
    for (i = 2; i <= 5; i++) {
      digit = index("0123456789abcdef", tolower(substr(text, i, 1)))
      if (digit == 0) wrong = 1
      number = number * 16 + digit - 1
    }
    return number
  }
  # utf8: a character; half of a pair is none
  function utf8(code, last) {
    if (code < 128) return code < 32 ? " " : sprintf("%c", code)
    if (code >= 55296 && code < 57344) code = 65533
    last = sprintf("%c", 128 + code % 64)
    if (code < 2048) return sprintf("%c", 192 + int(code / 64)) last
    last = sprintf("%c", 128 + int(code / 64) % 64) last
    if (code < 65536) return sprintf("%c", 224 + int(code / 4096)) last
    return sprintf("%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64) last
  }
  BEGIN {
    backslashes = "\\\\\\\\\\\\\\\\"
    backslashes = backslashes backslashes
    number = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?$"
    begin()
  }
  { feed($0) }
  broken { exit }'
