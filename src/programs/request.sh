#!/bin/sh
newline='
'

# request [OPTION...]: one attempt of curl. The last line that it prints has the facts of the answer
request() {
  facts='%{http_code},%{http_version},l=%header{content-length},t=%header{transfer-encoding}'
  ulimit -f $((step_max_size / 512 + 1)) # older curls do not bound chunks by --max-filesize
  curl -q -sSfLg -o "$part" -w "\\n$facts,e=%header{content-encoding},r=%header{retry-after}" \
    --url "$step_url" --proto "=$schemes" --connect-timeout 5 --max-filesize "$step_max_size" \
    --max-time $((left / 10)).$((left % 10)) --speed-limit 1 --speed-time "$longest_pause" "$@"
}
