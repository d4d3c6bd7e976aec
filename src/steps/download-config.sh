#!/bin/sh
. ../private/program.sh
. ../private/pause.sh
. ../private/file.sh

download() {
  tries=0 before=''
  while clock && left=$((TIMEOUT * 10 - elapsed / 10)) && [ "$left" -gt 0 ]; do
    tries=$((tries + 1))
    attempt
    case $status:$left in 28:?) break ;; esac # the deadline cut it short
    clock
    why="$URL: $result (attempt $tries)"
    echo "$why" >"$part~"
    [ "${result%% after *}" = "$before" ] || say "$why, $seconds s of $TIMEOUT s"
    before=${result%% after *}
    rest=$((TIMEOUT * 100 - elapsed))
    [ $rest -le 0 ] || pause $((rest < 500 ? rest : 500)) || exit
  done
  finish 124 "gave up after $TIMEOUT s: $why"
}

attempt() {
  result=$(headers | { printf '%s\n' "${CA_CERTIFICATE-}" | fetch; } 3<&0 2>&1)
  status=$? code=${result##*"$newline"} result=${result%%"$newline"*}
  size=$(($(wc -c <"$part")))
  [ $size -le "$MAX_SIZE" ] || status=63
  case $status:$code in
    0:200) verify ;;
    *:408 | *:425 | *:429 | *:5??) result="status $code" ;;
    0:* | *:4??) finish 1 "$URL: status $code" ;;
    6:*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    [57]:* | 1[68]:* | 28:* | 35:* | 5[256]:* | 92:*) ;;
    63:*) finish 1 "$URL: larger than $MAX_SIZE bytes" ;;
    *) finish 1 "$URL: $result" ;;
  esac
}

fetch() {
  ulimit -f $((MAX_SIZE / 512 + 1))
  curl -q -sSfLg -o "$part" -w '\n%{http_code}' --max-redirs "$MAX_REDIRECTS" --proto "=$schemes" \
    --connect-timeout 5 --speed-limit 1 --speed-time 30 --max-time $((left / 10)).$((left % 10)) \
    --max-filesize "$MAX_SIZE" ${ca:+--cacert "$ca"} ${HEADERS:+-H @/dev/fd/3} --url "$URL"
}

headers() {
  text=${HEADERS-}
  while [ "$text" != "${text#*\$\{}" ]; do
    printf '%s' "${text%%\$\{*}"
    text=${text#*\$\{}
    eval "printf '%s' \"\$VAR_${text%%\}*}\""
    text=${text#*\}}
  done
  printf '%s\n' "$text"
}

verify() {
  sum=$(sha256sum <"$part" | cut -c 1-64)
  [ "${SHA256:-$sum}" = "$sum" ] || finish 1 "$URL: sha256 is $sum, not $SHA256"
  end_file
  finish 0 "downloaded $URL: $size bytes, sha256 $sum"
}

for name in ${VARIABLES-}; do
  eval "value=\${VAR_$name-}"
  # shellcheck disable=SC2154 # set by eval
  case $value in
    '') finish 2 "variable $name has no value" ;;
    *"$newline"* | *"$(printf '\r')"*) finish 2 "variable $name holds a line break; does its Secret end in one?" ;;
  esac
done
if [ -n "${SHA256-}" ] && [ -f "$DESTINATION" ]; then
  sum=$(sha256sum <"$DESTINATION" | cut -c 1-64)
  [ "$sum" != "$SHA256" ] || finish 0 "$DESTINATION has sha256 $sum already"
fi
begin_file
case $URL in https:*) schemes=https ;; *) schemes=http,https ;; esac
ca=${CA_CERTIFICATE_FILE:-${CA_CERTIFICATE:+/dev/stdin}}
say "downloading $URL, at most $TIMEOUT s"
why="$URL: no answer yet"
echo "$why" >"$part~"
while sleep 10 && why=$(cat "$part~"); do clock && say "still trying, $seconds s of $TIMEOUT s: $why"; done &
download &
child=$!
wait "$child"
