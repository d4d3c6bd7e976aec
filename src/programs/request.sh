#!/bin/sh
# request [OPTION...]: one attempt of curl. The last line that it prints has the facts of the answer
request() {
  facts='%{http_code}:%{ssl_verify_result}:%{http_connect},%{http_version},l=%header{content-length}'
  facts="$facts,t=%header{transfer-encoding},e=%header{content-encoding},r=%header{retry-after}"
  ulimit -f $((step_max_size / 512 + 1)) # older curls do not bound chunks by --max-filesize
  curl -q -sSfLg -o "$part" -w "\\n$facts" --url "$step_url" --proto "=$schemes" \
    --max-time $((left / 10)).$((left % 10)) --max-filesize "$step_max_size" \
    --connect-timeout 5 --speed-limit 1 --speed-time $((step_timeout / 2 + 1)) "$@"
}
