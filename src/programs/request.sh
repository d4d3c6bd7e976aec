#!/bin/sh
## Older curls do not bound chunks by --max-filesize, therefore ulimit.
## Nothing leads from https to http.
# request [OPTION...]: one attempt; ends with where it was led, and the facts; needs: url scheme
# family extra there resume
request() {
  facts="%{http_code}:%{ssl_verify_result}:%{http_connect}$extra,r=%header{retry-after}"
  ulimit -f $((step_max_size / 512 + 1))
  ask -q -sSfLg -o "$part" -w "\\n%{num_redirects} %{url_effective}\\n$facts" \
    ${url:+--url "$url"} --proto "=https,$scheme" ${family:+"$family"} ${resume:+"$resume"} \
    --max-time $((left / 10)).$((left % 10)) --max-filesize $((step_max_size - there + 1)) \
    --connect-timeout 5 --speed-limit 1 --speed-time $((step_timeout / 2 + 1)) "$@"
}
