#!/bin/sh
## Older curls do not bound chunks by --max-filesize, therefore ulimit.
# request [OPTION...]: one attempt; its last line has the facts of the answer
request() {
  facts='%{http_code}:%{ssl_verify_result}:%{http_connect},%{http_version}'
  facts="$facts,l=%header{content-length},t=%header{transfer-encoding}"
  facts="$facts,e=%header{content-encoding},r=%header{retry-after}"
  ulimit -f $((step_max_size / 512 + 1))
  curl -q -sSfLg -o "$part" -w "\\n$facts" --url "$step_url" --proto "=$schemes" \
    --max-time $((left / 10)).$((left % 10)) --max-filesize "$step_max_size" \
    --connect-timeout 5 --speed-limit 1 --speed-time $((step_timeout / 2 + 1)) "$@"
}
