// Made from the .sh files beside it by 'npx projen programs'; do not edit.
/* eslint-disable */

export const BEGIN_FILE = `# The file is written beside step_destination, under a hidden name, readable for nobody else yet.
folder=\${step_destination%/*} part=\${step_destination%/*}/.\${step_destination##*/}.part
# Only wait hears signals. Read nothing here: busybox 1.38 spins
trap 'trap "" TERM; kill 0; rm -f "$part"; finish 143 "stopped by a signal"' TERM INT QUIT
umask 077
[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
error=$( (rm -f "$part" && true >"$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): \${error##*: }"
# end_file: gives it its mode and its name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: \${error##*: }"
}
`;

export const CERTIFICATE_FILE = `ca=$step_ca_certificate_file pem=''
`;

export const CERTIFICATE_TEXT = `ca=/dev/stdin pem=$step_ca_certificate
`;

export const CLOCK = `# clock: sets elapsed (tenths of a second); dates are stepped
clock() {
  read -r now _ </proc/uptime || exit 2
  elapsed=$((\${now%.*}0 + 1\${now#*.} / 10 - start)) # 1: no octal 08
}
start=0
clock
start=$elapsed
`;

export const DOWNLOAD_CONFIG = `# download: tries until the file is there, can never come, or time is over
download() {
  tries=0 told='' line="$shown: no answer in $step_timeout s"
  while left=$((\${step_timeout}0 - elapsed)) && [ $left -gt 0 ]; do
    said=$(send 2>&1)
    status=$? facts=\${said##*"$newline"} size=$(($(wc -c <"$part"))) tries=$((tries + 1))
    clock
    [ $status$((elapsed < \${step_timeout}0)) != 280 ] || break # cut short by the deadline
    judge
    line="$shown: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    case $told in *"<$status $code>"*) ;; *) say "$line" && told="$told<$status $code>" ;; esac
    pause=$((elapsed < 10 ? 1 : elapsed < 500 ? elapsed / 10 : 50))
    [ $pause -gt $rest ] || pause=$rest
    [ $((elapsed + pause)) -lt "\${step_timeout}0" ] || break
    sleep $((pause / 10)).$((pause % 10)) || exit
    clock
  done
  finish 124 "gave up: $line"
}
shown=\${step_url%%\\?*} # behind it may be a secret
case $step_url in https:*) schemes=https ;; *) schemes=http,https ;; esac
longest_pause=$((step_timeout > 60 ? step_timeout / 2 : 30)) # a first byte may take long
say "downloading $shown, at most $step_timeout s"
while sleep 10 && clock; do
  say "$(($(wc -c <"$part"))) bytes of $shown, $((elapsed / 10)) s of $step_timeout s"
done &
download &
`;

export const EXPAND = `# expand: copies stdin, and replaces \${NAME} and \${NAME:-default} of step_variables by var_NAME; one
# more $ before it makes it literal. The text has a dot behind it, so that a final newline survives.
expand() {
  LC_ALL=C awk '
    # whether text begins with a declared NAME} or NAME:-default}: sets name, fallback, size
    function declared(text) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?[}]/)) return 0
      size = RLENGTH
      name = substr(text, 1, size - 1)
      fallback = ""
      at = index(name, ":-")
      if (at > 0) {
        fallback = substr(name, at + 2)
        name = substr(name, 1, at - 1)
      }
      return name in names
    }
    function value() {
      if (!(("var_" name) in ENVIRON)) { # to look at it would make it
        if (at == 0) missing = name
        return fallback
      }
      return ENVIRON["var_" name] == "" ? fallback : ENVIRON["var_" name]
    }
    # split once: to cut piece after piece off a long line takes the square of its length
    function expanded(line, count, pieces, i, before) {
      count = split(line, pieces, /[$][{]/)
      for (i = 2; i <= count; i++) {
        before = pieces[i - 1]
        if (!declared(pieces[i])) {
          printf "%s\${", before
          continue
        }
        if (before ~ /[$]$/) {
          printf "%s\${%s", substr(before, 1, length(before) - 1), substr(pieces[i], 1, size)
        } else {
          printf "%s%s", before, value()
        }
        pieces[i] = substr(pieces[i], size + 1)
      }
      printf "%s", pieces[count]
    }
    BEGIN { for (i = split(ENVIRON["step_variables"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { expanded(last); print "" }
    { last = $0 }
    END {
      expanded(substr(last, 1, length(last) - 1))
      if (missing != "") {
        print "variable " missing " has no value" | "cat >&2"
        exit 1
      }
    }'
}
`;

export const GENERATE_CONFIG = `# generate: writes the file from its template
generate() {
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  said=$({ { template | expand || echo failed >&2; } | cat >"$part"; } 2>&1)
  case $?:$said in
    0:) ;;
    *:variable*) finish 2 "\${said%%" value"*} value" ;;
    *) finish 1 "cannot write $step_destination: \${said##*: }" ;;
  esac
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}
generate &
`;

export const HEADERS = `# headers: prints the request headers with the values of their variables
headers() { printf '%s.' "$step_headers" | expand; }
`;

export const HEARTBEAT = `# An attempt or a pause may take longer than ten seconds.
while sleep 10 && clock; do say "still waiting, $((elapsed / 10)) s of $step_timeout s"; done &
`;

export const IN_A_ROW = `# in_a_row ADDRESS: sets result: up after step_success_threshold successes in a row. needs: successes
in_a_row() {
  "try_\${1%%:*}" "$1"
  if [ "$result" != up ]; then
    successes=0
  else
    successes=$((successes + 1))
    [ "$successes" -ge "$step_success_threshold" ] ||
      result="up $successes of $step_success_threshold times"
  fi
}
try=in_a_row successes=0
`;

export const JUDGE = `# judge: ends if the file is there, or can never come. Sets result, rest (tenths of a second to wait)
judge() {
  code=\${facts%%,*} rest=0
  result=$(printf '%.200s' "\${said%%"$newline"*}" | tr -d '\\000-\\037\\177')
  [ $size -le "$step_max_size" ] || status=63 # FILESIZE_EXCEEDED
  case $status:$code:$said in
    0:200:*) verify && end_file && finish 0 "downloaded $shown: $size bytes, sha256 $sum" ;;
    63:*) finish 1 "$shown: larger than $step_max_size bytes" ;;
    *:408:* | *:425:* | *:429:* | *:5??:*) result="status $code" rest=\${facts##*,r=}0 ;;
    0:* | *:[34]??:*) finish 1 "$shown: status $code" ;;
    6:*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7:*) result='connection refused or no route' ;;
    # COULDNT_RESOLVE_PROXY HTTP2 PARTIAL_FILE OPERATION_TIMEDOUT SSL_CONNECT_ERROR GOT_NOTHING
    # SEND_ERROR RECV_ERROR HTTP2_STREAM may pass, as the time does before a certificate is valid
    5:* | 1[68]:* | 28:* | 35:* | 5[256]:* | 92:* | 60:*'not yet valid'*) ;;
    137:*) finish 1 "$shown: curl was killed; not enough memory?" ;;
    *) finish 1 "$shown: $result" ;;
  esac
  case $rest in *[!0-9]* | 0?* | ?????*) rest=0 ;; esac # Retry-After may be a date
}
`;

export const KEEP_SUM = `# Ends if the file is there already: one of its own, with its mode.
if [ -f "$step_destination" ] && [ ! -L "$step_destination" ] &&
  [ "$(sha256sum <"$step_destination" | cut -c 1-64)" = "$step_sha256" ] &&
  chmod "$step_mode" "$step_destination" 2>/dev/null; then
  finish 0 "$step_destination has sha256 $step_sha256 already"
fi
`;

export const LINE_BREAKS = `# say_line_breaks: a value that ends in a line break is kept as it is, but seldom meant
say_line_breaks() {
  names=$(awk 'BEGIN {
    count = split(ENVIRON["step_variables"], name, " ")
    for (i = 1; i <= count; i++) if (ENVIRON["var_" name[i]] ~ /\\n$/) printf " %s", name[i]
  }')
  [ -z "$names" ] || say "these variables end in a line break:$names"
}
say_line_breaks
`;

export const LOG = `# say TEXT: logs a line
say() { printf '%s %s: %s\\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }
# finish STATUS TEXT: ends; TEXT is the termination message
finish() {
  say "$2"
  { printf '%s\\n' "$2" >>/dev/termination-log; } 2>/dev/null
  exit "$1"
}
`;

export const NO_CERTIFICATE = `ca='' pem=''
`;

export const NO_HEADERS = `# headers: there are none
headers() { :; }
step_headers=''
`;

export const NO_OPTIONS = `# options ADDRESS: sets address
options() { address=$1; }
`;

export const ONCE = `try=''
`;

export const ONE_LINE = `# require_one_line: ends if a variable cannot stand in a header
require_one_line() {
  fault=$(awk 'BEGIN {
    count = split(ENVIRON["step_variables"], name, " ")
    for (i = 1; i <= count; i++) {
      value = ENVIRON["var_" name[i]]
      fault = value == "" ? "has no value" : ""
      if (value ~ /[\\r\\n]/) fault = "holds a line break; does its Secret end in one?"
      if (fault != "") { print name[i] " " fault; exit }
    }
  }')
  [ -z "$fault" ] || finish 2 "variable $fault"
}
require_one_line
`;

export const OPTIONS = `# options [status=A|B,][ca=FILE,][pem=VARIABLE,]ADDRESS: sets address statuses ca pem
options() {
  address=$1 statuses=2xx ca='' pem=''
  while :; do
    value=\${address%%,*} value=\${value#*=}
    case $address in
      status=*) statuses=$value ;;
      ca=*) ca=$value ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      *) return ;;
    esac
    address=\${address#*,}
  done
}
`;

export const REQUEST = `newline='
'
# request [OPTION...]: one attempt of curl. The last line that it prints has the facts of the answer
request() {
  facts='%{http_code},%{http_version},l=%header{content-length},t=%header{transfer-encoding}'
  ulimit -f $((step_max_size / 512 + 1)) # older curls do not bound chunks by --max-filesize
  curl -q -sSfLg -o "$part" -w "\\\\n$facts,e=%header{content-encoding},r=%header{retry-after}" \\
    --url "$step_url" --proto "=$schemes" --connect-timeout 5 --max-filesize "$step_max_size" \\
    --max-time $((left / 10)).$((left % 10)) --speed-limit 1 --speed-time "$longest_pause" "$@"
}
`;

export const RUN_BOUNDED_END = `wait $!
status=$?
clock
[ "$elapsed" -lt "\${1}0" ] || finish 124 "gave up after $1 s: $2 did not end"
exit $status
`;

export const RUN_BOUNDED = `# usage: SECONDS COMMAND... The command finds the variables that the user set: none is assigned before it
# runs. As process 1 timeout of busybox never fires, so it runs in the background; with -k it ends
# what ignores TERM, too.
trap 'kill $!; wait $!; finish 143 "stopped by a signal"' TERM INT QUIT
case $(timeout --help 2>&1) in
  *-k*) timeout -k 5 "$@" & ;;
  *) timeout "$@" & ;;
esac
`;

export const SEND_PLAIN = `# send: asks for it
send() { request --max-redirs 10; }
`;

export const SEND = `# send: asks for it. Headers and certificates come through pipes, for arguments can be read by others
send() {
  headers | {
    printf '%s\\n' "$pem" | request --max-redirs "$step_max_redirects" \\
      \${ca:+--cacert "$ca"} \${step_headers:+-H @/dev/fd/3}
  } 3<&0
}
`;

export const STOP_ALL = `# Only wait hears signals. Read nothing here: busybox 1.38 spins
trap 'trap "" TERM; kill 0; finish 143 "stopped by a signal"' TERM INT QUIT
`;

export const TEMPLATE_FILE = `# template: prints the template, and a dot
template() { cat "$step_template_file" && printf .; }
# read_template: ends if it is no text
[ -f "$step_template_file" ] && [ -r "$step_template_file" ] ||
  finish 2 "cannot read template $step_template_file"
[ "$(tr -d '\\000' <"$step_template_file" | wc -c)" -eq "$(wc -c <"$step_template_file")" ] ||
  finish 2 "template $step_template_file is no text: it holds NUL characters; is it UTF-16?"
`;

export const TEMPLATE_TEXT = `# template: prints the template, and a dot
template() { printf '%s.' "$step_template"; }
`;

export const TIDY = `wait $!
status=$?
trap '' TERM
kill 0
rm -f "$part"
exit $status
`;

export const TOOLS = `# tools NAME...: the image must have them
tools() {
  for tool; do command -v "$tool" >/dev/null || finish 2 "the image lacks $tool"; done
}
`;

export const TRY_DNS = `# try_dns dns:NAME: sets result. nslookup asks otherwise than programs do: a short name never
# resolves. nc that connects *from* NAME resolves it as they do, and then cannot bind to it
try_dns() {
  said=$(timeout "$attempt" nc -z -s "\${1#dns:}" 127.0.0.1 1 2>&1)
  case $?:$said in
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    0:* | 1: | 1:*bind* | 1:*assign*) result=up ;;
    127:*) finish 2 'no nc or timeout' ;;
    *) result="no answer in $attempt s; a NetworkPolicy, or no DNS?" ;;
  esac
}
`;

export const TRY_HTTP = `newline='
'
# try_http URL: sets result by the status alone. needs: statuses ca pem
try_http() {
  # of a body no more than its first byte is waited for (--max-filesize): it may never end
  said=$(printf '%s\\n' "$pem" | curl -q -sSLg -o /dev/null -w '\\n%{http_code},%{size_download}' \\
    --max-redirs 10 --max-time "$attempt" --max-filesize 1 --proto '=http,https' \\
    \${ca:+--cacert "$ca"} --url "$1" 2>&1)
  status=$? facts=\${said##*"$newline"}
  # when time is up headers may have come in part only, unless there is a body, too
  case $status:$facts in 28:*,0) code=000 ;; *) code=\${facts%,*} ;; esac
  case "|$statuses|" in
    *"|$code|"* | *"|\${code%??}xx|"*) result=up ;;
    *) explain_curl $status "$1" ;;
  esac
}
try_https() { try_http "$1"; }
# explain_curl STATUS URL: sets result; the names are those of curl's exit codes. needs: said code
explain_curl() {
  case $1 in
    0 | 18 | 63) result="status $code" ;; # PARTIAL_FILE and FILESIZE_EXCEEDED say nothing of it
    6) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7) result='connection refused or no route' ;;
    28) result="no answer in $attempt s" ;;
    47) result='more than 10 redirects; does it want a cookie?' ;;
    60) result="certificate not trusted: $(curl_words "$said")" ;; # PEER_FAILED_VERIFICATION
    # UNSUPPORTED_PROTOCOL WEIRD_SERVER_REPLY HTTP2 SSL_CONNECT_ERROR GOT_NOTHING SEND_ERROR
    # RECV_ERROR HTTP2_STREAM: which it is changes from attempt to attempt
    1 | 8 | 16 | 35 | 52 | 55 | 56 | 92)
      case $2 in
        https:*) result='closed without an answer; no TLS there, or a client certificate wanted?' ;;
        *) result='closed without an answer in HTTP/1.1; gRPC, TLS, a proxy without a server?' ;;
      esac
      ;;
    127) finish 2 'curl is missing' ;;
    137) result='killed; not enough memory?' ;;
    *) result="curl ended with $1: $(curl_words "$said")" ;;
  esac
}
# curl_words SAID: prints the last words of its first line; a server may have chosen them
curl_words() {
  words=\${1%%"$newline"*}
  words=\${words##*: }
  printf '%.200s' "\${words% (*)}" | tr -d '\\000-\\037\\177'
}
`;

export const TRY_TCP = `# try_tcp tcp://HOST:PORT: sets result
try_tcp() {
  host=\${1#tcp://} host=\${host%:*} host=\${host#[}
  said=$(timeout "$attempt" nc -z "\${host%]}" "\${1##*:}" 2>&1)
  case $?:$said in
    0:*) result=up ;;
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    1:*) result='connection refused or no route' ;;
    127:*) finish 2 'no nc or timeout' ;;
    *) result="no answer in $attempt s; a NetworkPolicy, or no DNS?" ;;
  esac
}
`;

export const VERIFY_ANSWER = `# verify: without a checksum the answer must be whole, and not compressed. Sets sum; needs: facts size
verify() {
  case $size:$facts in
    0:*) finish 1 "$shown: the answer is empty" ;;
    *,1*,l=,t=,*) finish 1 "$shown: is it whole? It tells no length; give sha256" ;;
    *,e=,* | *,e=identity,*) sum=$(sha256sum <"$part" | cut -c 1-64) ;;
    *) finish 1 "$shown: compressed, which nobody asked for; give sha256 to keep it so" ;;
  esac
}
`;

export const VERIFY_SUM = `# verify: step_sha256 vouches for the file. Sets sum
verify() {
  sum=$(sha256sum <"$part" | cut -c 1-64)
  [ "$sum" = "$step_sha256" ] || finish 1 "$shown: sha256 is $sum, not $step_sha256"
}
`;

export const WAIT_FOR_ALL = `# wait_for_endpoint ENDPOINT: waits for one of several, in a process of its own
wait_for_endpoint() {
  options "$1"
  wait_for "$address" \${try:+"$try"}
}
set -f # the ? of a URL is no pattern
processes='' worst=0
for endpoint in $step_endpoints; do
  wait_for_endpoint "$endpoint" &
  processes="$processes $!"
done
for process in $processes; do wait "$process" || worst=$?; done
trap '' TERM
kill 0
clock
case $worst in
  0) finish 0 "all up after $((elapsed / 10)).$((elapsed % 10)) s" ;;
  1 | 2 | 124) exit $worst ;;
  *) finish 1 "a process ended with $worst; not enough memory?" ;;
esac
`;

export const WAIT_FOR_ONE = `wait_for "$step_endpoints" &
wait $!
`;

export const WAIT_FOR = `# wait_for ADDRESS [TRY]: tries until it is up
wait_for() {
  tries=0 told=''
  while clock && left=$((\${step_timeout}0 - elapsed)) && [ $left -gt 0 ]; do
    attempt=$step_attempt_timeout
    [ $left -ge "\${attempt}0" ] || attempt=$((left / 10)).$((left % 10))
    tries=$((tries + 1))
    "\${2-try_\${1%%:*}}" "$1"
    clock
    line="\${1%%\\?*}: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    [ "$result" != up ] || finish 0 "$line"
    case $told in
      *"<$result>"*,$((elapsed / 100))) ;;
      *) say "$line" && told="\${told%,*}<$result>,$((elapsed / 100))" ;;
    esac
    pause=$((elapsed < 10 ? 1 : elapsed / 10))
    [ $pause -lt "$step_poll_interval" ] || pause=$step_poll_interval
    sleep $((pause / 10)).$((pause % 10)) || exit
  done
  finish 124 "gave up: $line"
}
`;
