// Made from the .sh files beside it by 'npx projen programs'; do not edit.
/* eslint-disable */

export const ADDRESSES = `# Names in step_endpoints the hosts that stand in variables, step_host_N or step_url_N for the Nth.
set -f # the ? of a URL is no pattern
number=0 named=''
for endpoint in $step_endpoints; do
  number=$((number + 1))
  case $endpoint in
    *://*) ;;
    *:"step_host_$number":*) from_host ;;
    *url:"step_url_$number") from_url ;;
  esac
  named="$named $endpoint"
done
step_endpoints=\${named# }
`;

export const AIM_ANY = `# choose ADDRESS: sets host port. Of several hosts each attempt is at the next one
choose() {
  IFS=,
  set -- \${1#*//}
  unset IFS
  shift $(((tries - 1) % $#))
  host=\${1%:*} host=\${host#[} host=\${host%]} port=\${1##*:}
}
# aim ADDRESS: sets host port. nc tries only one address of a name: where it is the only one, every
# second attempt is at another address, the last one first; fails if there is none
aim() {
  case $result in up*) return ;; esac
  choose "$1"
  case $1:$((tries % 2)) in *,* | *:1) return ;; esac
  case $host in *:*) return ;; *[!0-9.]*) ;; *) return ;; esac
  if [ -z "$addresses" ] || [ $((tries % 20)) -eq 0 ]; then
    sed 's/#.*//;s/$/ /' /etc/hosts | tr '\\t' ' ' | grep -qF " $host " || look_up "$host" || return
  fi
  for host in "$host" $addresses; do :; done
  addresses="$host \${addresses%"$host"*}"
}
addresses=''
`;

export const AIM_ONE = `# aim ADDRESS: sets host port
aim() {
  host=\${1#*//} host=\${host%:*} host=\${host#[} host=\${host%]} port=\${1##*:}
}
`;

export const AIM = `# aim ADDRESS: sets host port. nc tries one address, so every second attempt is at another of its
# name, the last first; fails if there is none
aim() {
  case $result in up*) return ;; esac
  host=\${1#*//} host=\${host%:*} host=\${host#[} host=\${host%]} port=\${1##*:}
  case $((tries % 2))$host in 1* | *:*) return ;; *[!0-9.]*) ;; *) return ;; esac
  if [ -z "$addresses" ] || [ $((tries % 20)) -eq 0 ]; then
    sed 's/#.*//;s/$/ /' /etc/hosts | tr '\\t' ' ' | grep -qF " $host " || look_up "$host" || return
  fi
  for host in "$host" $addresses; do :; done
  addresses="$host \${addresses%"$host"*}"
}
addresses=''
`;

export const ANY_LENGTH = `# require_length: an answer may tell none
require_length() { :; }
`;

export const ARCHIVE = `part=$new/archive root=$new/in step_destination=$step_folder into=$step_folder placed=0
folder=$step_folder
# make_room FILE: there is none to remove
make_room() { return 1; }
# end_file: unpacks the archive, and renames what is wanted of it into place
end_file() {
  say "unpacking $size bytes"
  check_setuid
  unpack_all
  check_names
  strip
  check_kinds
  check_links
  choose
  [ -n "$(find "$root" -mindepth 1 | head -n 1)" ] || finish 1 "$shown: nothing is in it"
  require_time
  rm -f "$part"
  each_of "$root" place
  remove "$old"
  say "entries put into $step_folder: $placed"
}
# unpack_all: into root, unless it is too much
unpack_all() {
  most=$((step_max_size + 1))
  [ "$(content 2>/dev/null | head -c "$most" | wc -c)" -lt "$most" ] ||
    finish 1 "$shown: more than $step_max_size bytes are in it"
  require_time
  said=$( (umask 022 && cd "$root" && unpack) 2>&1) || said=\${said:-it is no such archive}
  require_time
  case $said in
    '')
      chmod -R ug-s "$root"
      return
      ;;
    *'removing leading'*) finish 1 "$shown: a name in it leads outside" ;;
    *'ermission denied'*) why='a folder in it may not be written to' ;;
    *) why=$(printable "\${said%%"$newline"*}") ;;
  esac
  finish 1 "$shown: cannot be unpacked: $why"
}
# require_time: ends if time is over; sets seconds, what is left
require_time() {
  clock
  seconds=$((step_timeout - elapsed / 10))
  [ "$seconds" -gt 0 ] || finish 124 "gave up: $shown: not unpacked after $step_timeout s"
}
# strip: sets root to the only folder in it, as often as is asked for, and prefix, their path
strip() {
  prefix='' stripped=0
  while [ $((stripped += 1)) -le "$step_strip_components" ]; do
    only=''
    each_of "$root" note_folder
    [ -n "$only" ] || finish 1 "$shown: has no folder to strip"
    root=$only prefix=$prefix\${only##*/}/
  done
}
# note_folder PATH: sets only, if it is a folder; ends if there is one already
note_folder() {
  if [ ! -d "$1" ] || [ -L "$1" ]; then return; fi
  [ -z "$only" ] || finish 1 "$shown: has two folders to strip, \${only##*/} and \${1##*/}"
  only=$1
}
`;

export const ASK_API_SERVER = `# Where it is the kubelet says in every container: no other variable is read that no step wrote.
host=\${KUBERNETES_SERVICE_HOST-} port=\${KUBERNETES_SERVICE_PORT-}
case $host in *:*) host="[$host]" ;; esac
[ -n "$host$port" ] || finish 2 'no KUBERNETES_SERVICE_HOST: where is the API server?'
for file in token ca.crt; do
  [ -r "$step_api/$file" ] || finish 2 "cannot read $step_api/$file"
done
# bearer: prints the header with the token, which the kubelet renews; arguments can be read
bearer() { printf 'Authorization: Bearer ' && cat "$step_api/token"; }
# ask TENTHS URL: prints the answer; tells fd 3 which process asks, and behind it how it ended
ask() {
  {
    told_by_curl=$({
      bearer | request "$1" "$2" 2>&1 >&4 &
      echo "process $!" >&3
      wait $!
      echo "status $?"
    } 2>/dev/null)
    printf '%s\\n' "$told_by_curl" >&3
  } 4>&1
}
# request TENTHS URL: becomes curl, which is to be stopped
request() {
  exec curl -q -sSgN --http1.1 --proto =https --noproxy '*' -H @- -H 'Accept: application/json' \\
    --cacert "$step_api/ca.crt" --connect-timeout 5 --max-time $(($1 / 10)).$(($1 % 10)) \\
    --keepalive-time 3 --speed-limit 1 --speed-time 90 \\
    -w '%{stderr}facts %{http_code},%{ssl_verify_result},%header{retry-after}\\n' "$2"
}
# judge: prints what answers mean, as they come; needs: condition
judge() {
  LC_ALL=C condition=$condition awk "$rules"
  echo 'end of the answer'
}
`;

export const ASK_BY_CONFIG = `# ask OPTION...: runs curl with what is secret as a config in a pipe: arguments can be read. Its
# stdin stays
ask() {
  { { url_line && signature "$of"; } | curl "$@" -K /dev/fd/9 9<&0 0<&8; } 8<&0
}
`;

export const ASK = `# ask OPTION...: runs curl
ask() { curl "$@"; }
`;

export const AWS_SIGNATURE = `# signature OF: prints what curl signs with, as lines of its config, if there is step_signatureOF
signature() {
  LC_ALL=C awk -v of="$1" '
    # line: prints an option as curl reads it
    function line(option, text, i, c, all) {
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        all = all (c ~ /["\\\\]/ ? "\\\\" : "") c
      }
      printf "%s = \\"%s\\"\\n", option, all
    }
    BEGIN {
      token = "step_session_token" of
      if (!(("step_signature" of) in ENVIRON)) exit
      line("aws-sigv4", ENVIRON["step_signature" of])
      line("user", ENVIRON["step_access_key" of] ":" ENVIRON["step_secret_key" of])
      if (token in ENVIRON) line("header", "x-amz-security-token: " ENVIRON[token])
    }'
}
# Each key must be able to stand in a header.
fault=$(awk 'BEGIN {
  count = split(ENVIRON["step_keys"], name, " ")
  for (i = 1; i <= count; i++) {
    split(name[i], word, "_")
    what = word[2] " " word[3]
    value = ENVIRON[name[i]]
    if (value == "") fault = "has no value"
    if (value ~ /[\\r\\n]/) fault = "holds a line break; does its Secret end in one?"
    if (what == "access key" && value ~ /:/) fault = "holds a colon"
    if (fault != "") { print what " " fault; exit }
  }
}')
[ -z "$fault" ] || finish 2 "$fault"
`;

export const BASIC = `command -v base64 >/dev/null || finish 2 'the image lacks base64'
# basic OF: prints the header with step_userOF step_passwordOF, if there are
basic() {
  LC_ALL=C awk -v of="$1" 'BEGIN {
    user = "step_user" of
    if (user in ENVIRON) printf "%s:%s", ENVIRON[user], ENVIRON["step_password" of]
  }' | base64 | tr -d '\\n' | sed 's/^/Authorization: Basic /'
}
# require_credentials: ends if a user or password cannot be sent
require_credentials() {
  fault=$(awk 'BEGIN {
    count = split(ENVIRON["step_credentials"], name, " ")
    for (i = 1; i <= count; i++) {
      what = name[i] ~ /user/ ? "user" : "password"
      fault = name[i] in ENVIRON ? "" : "has no value" # a look makes it
      value = ENVIRON[name[i]]
      if (what == "user" && value == "") fault = "has no value"
      if (what == "user" && value ~ /:/) fault = "holds a colon"
      if (value ~ /[\\r\\n]/) fault = "holds a line break; does its Secret end in one?"
      if (fault != "") { print what " " fault; exit }
    }
  }')
  [ -z "$fault" ] || finish 2 "$fault"
}
require_credentials
`;

export const BEGIN_FILE = `[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
error=$( (rm -f "$part" && true >"$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): \${error##*: }"
`;

export const BEGIN_GIT = `# What git is told: by variables, of which no other container and no log knows.
command -v git >/dev/null || finish 2 'the image lacks git'
# No settings of the image, no prompts, and nothing but what the URL names.
export LC_ALL=C HOME="$new" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null \\
  GIT_TERMINAL_PROMPT=0 GIT_ASKPASS='' GIT_ALLOW_PROTOCOL="$step_protocols"
# Variables of the image would lead it elsewhere, let it trust anybody, or tell all that it does.
unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_SSL_NO_VERIFY GIT_CURL_VERBOSE \\
  GIT_TRACE GIT_TRACE_CURL GIT_TRACE_PACKET GIT_TRACE_SETUP GIT_TRACE_PERFORMANCE
unset $(git rev-parse --local-env-vars)
settings=0
# set_option KEY VALUE: of all that git does
set_option() {
  export "GIT_CONFIG_KEY_$settings=$1" "GIT_CONFIG_VALUE_$settings=$2"
  settings=$((settings + 1))
  export GIT_CONFIG_COUNT="$settings"
}
# A volume may show another owner of what the step writes.
set_option safe.directory '*'
set_option gc.auto 0
set_option maintenance.auto false
set_option advice.detachedHead false
set_option init.defaultBranch main
set_option fetch.unpackLimit 1
set_option pack.threads 1
set_option core.bigFileThreshold 1m
set_option core.deltaBaseCacheLimit 4m
set_option http.lowSpeedLimit 1
set_option http.lowSpeedTime $((step_timeout / 2 + 1))
`;

export const BEGIN_PART = `# What is left of it is continued; but a link would lead elsewhere, and what has two names, or is
# writable for others, belongs to them.
fit=$(find "$part" -prune -type f -links 1 ! -perm -020 ! -perm -002 2>/dev/null)
{ [ -n "$fit" ] && [ -w "$part" ]; } || rm -f "$part"
error=$( (true >>"$part" && chmod 600 "$part") 2>&1) ||
  finish 1 "cannot write to $folder as user $(id -u): \${error##*: }"
take_over 2>/dev/null &
wait $!
[ ! -s "$part" ] || say "continuing after $(($(wc -c <"$part"))) bytes that are there"
`;

export const BOUNDED = `# bounded SECONDS COMMAND...: becomes the command; with -k it ends what ignores TERM, too
bounded() {
  case $(timeout --help 2>&1) in
    *-k*) exec timeout -k 5 "$@" ;;
    *) exec timeout "$@" ;;
  esac
}
`;

export const CERTIFICATE_FILE = `ca=$step_ca_certificate_file pem=''
`;

export const CERTIFICATE_PARTS = `say_left_out "$step_ca_certificate_parts" 'the certificates'
ca=/dev/stdin pem=$(join "$step_ca_certificate_parts")
`;

export const CERTIFICATE_TEXT = `ca=/dev/stdin pem=$step_ca_certificate
`;

export const CHECK_ARCHIVE = `# check_setuid: ends if a file in it would run as somebody else
check_setuid() {
  require_time
  odd=$(list 2>/dev/null | grep -E '^-(..|.....)[sS]' | head -n 1)
  require_time
  [ -z "$odd" ] || finish 1 "$shown: $(printable "\${odd##*:?? }") has setuid or setgid"
}
# check_kinds: ends if something is no file, folder or link, or another name of a file outside
check_kinds() {
  odd=$(find "$root" ! -type f ! -type d ! -type l | head -n 1)
  [ -z "$odd" ] || finish 1 "$shown: \${odd#"$root/"} is no file, folder or link"
  odd=$(find "$root" -type f -links +1 -exec stat -c '%i %h' {} + | awk '
    { links[$1] = $2; found[$1]++ }
    END { for (file in links) if (found[file] < links[file]) print file }')
  [ -z "$odd" ] || finish 1 "$shown: a hard link in it leads outside"
}
# check_links: ends if a link is absolute or leads outside; without .. it can do so by others only
check_links() {
  error=$( (chmod u+w "$root" && mv "$root" "$new/$step_pod") 2>&1) || fail 'look at its links'
  root=$new/$step_pod
  require_time
  odd=$(timeout "$seconds" find "$root" -type l -exec sh -c '
    root=$(cd "$0" && pwd -P)
    for link; do
      case $(readlink "$link") in
        /*) echo "$link" ;;
        .. | ../* | */../* | */..)
          case $(readlink -f "$link")/ in "$root"/*) ;; *) echo "$link" ;; esac
          ;;
      esac
    done' "$root" {} + | head -n 1)
  require_time
  [ -z "$odd" ] || finish 1 "$shown: link \${odd#"$root/"} leads outside"
}
`;

export const CHECK_NAMES = `# check_names: ends if one might forge lines of the log
check_names() {
  [ -z "$(find "$root" -name '*[[:cntrl:]]*' | head -n 1)" ] ||
    finish 1 "$shown: a name in it has control characters"
}
`;

export const CHOOSE_ALL = `# choose: all of root is wanted
choose() { :; }
`;

export const CHOOSE = `# choose: sets root to a folder with what is wanted only
choose() {
  wanted=$new/wanted
  mkdir "$wanted"
  each_wanted require_wanted
  each_wanted take_wanted
  root=$wanted
}
# each_wanted FUNCTION: calls it with each path of step_include, which has one a line
each_wanted() {
  call=$1
  set -f
  IFS=$newline
  set -- $step_include
  set +f
  unset IFS
  for path; do "$call" "$path"; done
}
# require_wanted PATH: ends if it is not in the archive
require_wanted() {
  case $1 in "$prefix"*) ! is_there "$root/\${1#"$prefix"}" || return 0 ;; esac
  finish 1 "$shown: has no $1"
}
# take_wanted PATH: moves it from root to wanted, with the folders that it is in
take_wanted() {
  inner=\${1#"$prefix"} at=$wanted/
  case $inner in */*) at=$wanted/\${inner%/*}/ ;; esac
  error=$( (umask 022 && mkdir -p "$at") 2>&1) || fail "take $1"
  move "$root/$inner" "$at" || fail "take $1"
}
`;

export const CLIENT_CERTIFICATE = `# client_certificate OF: sets cert key, files
client_certificate() {
  cert=$(variable "step_client_certificate$1") key=$(variable "step_client_key$1")
}
# client_fault STATUS: prints it if they cannot be used
client_fault() {
  case $1 in
    # SSL_CERTPROBLEM, and BAD_FUNCTION_ARGUMENT of newer curls
    43 | 58) echo 'client certificate and key cannot be used: no PEM, encrypted, no pair?' ;;
  esac
}
`;

export const CLOCK = `# clock: sets elapsed (in 0.1 s)
clock() {
  IFS=' .' read -r now cents _ </proc/uptime || finish 2 'no /proc/uptime'
  elapsed=$((\${now}0 + \${cents%?} - start))
}
`;

export const CLONE_REPOSITORY = `# The repository and its files are in the hidden folder of this pod and step.
root=$new/in into=$step_folder shown=$step_url placed=0
# ask LIMIT ARGUMENT...: asks git; what it prints is in $new/answer, what it says in $new/said;
# sets status. They are files, for what outlives git would hold a pipe open
ask() {
  seconds=$1
  shift
  timeout "$seconds" git -C "$root" "$@" >"$new/answer" 2>"$new/said"
  status=$?
}
# clone: one attempt; ends, or sets result
clone() {
  remove "$root"
  umask 022 # nobody else may enter the folder that all of it is in
  error=$( (git init -q --template= "$root" &&
    git -C "$root" remote add origin "$step_url") 2>&1) || fail "write to $step_folder"
  if find_revision && fetch; then
    check_out
    check_names
    say_missing
    put_in_place
  else
    judge
  fi
}
# find_revision: asks what the server has; sets ref; needs: left (in 0.1 s)
find_revision() {
  seconds=$((left / 10 < 30 ? left / 10 + 1 : 30))
  ask "$seconds" -c "http.lowSpeedTime=$seconds" ls-remote --quiet origin $step_references
  [ "$status" = 0 ] || return
  ref='' other=''
  [ "$step_commit" = none ] || { ref=$step_commit && return; }
  for name in $step_references; do
    awk -v name="$name" '$2 == name { found = 1 } END { exit !found }' "$new/answer" || continue
    if [ -n "$ref" ]; then other=$name; else ref=$name; fi
  done
  named=\${step_revision#HEAD}
  [ -n "$ref" ] || finish 1 "$shown: has no \${named:-branch by default}"
  [ -z "$other" ] || say "$step_revision is $ref and $other; the first is taken"
}
# fetch: the commit of ref, and the history that is asked for
fetch() {
  require_time
  set -- "$ref"
  [ "$step_depth" = 0 ] || set -- "--depth=$step_depth" "$@"
  ask "$seconds" fetch --quiet --no-tags --no-recurse-submodules origin "$@"
  require_time
  [ "$status" = 0 ]
}
# require_time: ends if time is over; sets seconds, what is left
require_time() {
  clock
  seconds=$((step_timeout - elapsed / 10))
  [ "$seconds" -gt 0 ] || finish 124 "gave up: $shown: not cloned after $step_timeout s"
}
# check_out: the files of the commit, unless they are too much; sets commit
check_out() {
  commit=$(git -C "$root" rev-parse -q --verify 'FETCH_HEAD^{commit}') ||
    finish 1 "$shown: $step_revision is no commit"
  tree=$commit:\${step_subdirectory#/}
  [ "$(git -C "$root" cat-file -t "$tree" 2>/dev/null)" = tree ] ||
    finish 1 "$shown: has no folder \${step_subdirectory#/} in commit $commit"
  measure
  require_time
  ask "$seconds" read-tree "$tree"
  [ "$status" != 0 ] || ask "$seconds" checkout-index --quiet --all --index
  require_time
  [ "$status" = 0 ] || { judge && finish 1 "$shown: $result"; }
  if [ "$step_keep_history" = yes ]; then
    git -C "$root" update-ref --no-deref HEAD "$commit"
  else
    remove "$root/.git"
  fi
}
# measure: ends if it is too much; sets modules (how many submodules); needs: tree
measure() {
  modules=$(git -C "$root" ls-tree -r "$tree" | grep -c '^160000 ')
  kibibytes=0
  [ "$step_keep_history" = no ] || kibibytes=$(du -sk "$root" | cut -f 1)
  kibibytes=$(git -C "$root" ls-tree -r -l "$tree" | awk -v sum="$kibibytes" '
    { bytes += $4 }
    END { printf "%d", sum + int((bytes + 1023) / 1024) }')
  [ "$kibibytes" -le "$step_max_size" ] ||
    finish 1 "$shown: $kibibytes KiB, but maxSize is $step_max_size KiB"
}
# say_missing: what is not fetched, though the files speak of it
say_missing() {
  [ "$modules" = 0 ] || say 'it has submodules, which are not fetched'
  pointer=$(find "$root" -type f -size -3 -exec grep -l '^version https://git-lfs' {} + | head -n 1)
  [ -z "$pointer" ] ||
    say "\${pointer#"$root/"} is a pointer of Git LFS, whose files are not fetched"
}
# put_in_place: renames each entry of the top level
put_in_place() {
  [ -n "$(find "$root" -mindepth 1 | head -n 1)" ] || finish 1 "$shown: nothing is in it"
  each_of "$root" place
  remove "$old"
  finish 0 "cloned $shown: commit $commit, entries put into $step_folder: $placed"
}
# progress: sets reached; other pods see that this one is at work
progress() {
  touch -c "$new" "$old"
  reached="$(du -sk "$new" 2>/dev/null | cut -f 1) KiB of $shown"
}
try=clone step_attempt_timeout=$step_timeout step_poll_interval=50
`;

export const CONTINUE_PART = `# take_up: sets there, how much of it an attempt continues
take_up() {
  true >>"$part"
  there=$(($(wc -c <"$part")))
  { [ -n "$resume" ] && [ "$there" -le "$step_max_size" ]; } || begin_anew
}
# begin_anew: nothing of it is continued
begin_anew() { true >"$part" && there=0; }
# settle: the rest is as good as the whole, and so is an answer that nothing is missing. A server
# that cannot continue is not asked again to do so; needs: there; sets status facts resume
settle() {
  case $there:$status:\${facts%%:*} in
    0:*) ;;
    *:33:*) begin_anew && resume='' ;; # RANGE_ERROR
    *:0:206 | *:0:416 | *:22:416) status=0 facts=200\${facts#???} ;;
  esac
}
# verify: step_sha256 vouches for the file; sets sum, or result. What was continued may be of
# another file, and begins anew once
verify() {
  sum=$(sha256sum <"$part" | cut -c 1-64)
  [ "$sum" != "$step_sha256" ] || return 0
  [ "$there" -gt 0 ] || finish 1 "$shown: sha256 is $sum, not $step_sha256"
  result='what was continued is another file: begins anew' resume=''
  return 1
}
extra='' resume=-C-
`;

export const COPY_FILES = `# copy_files [KIND SOURCE PATH MODE]...: puts each into the folder, of one path the last
copy_files() {
  begin_folder
  each_file write_new "$@"
  measure
  placed=0
  each_file check_place "$@"
  each_file place_new "$@"
  finish 0 "files put into $step_folder: $placed"
}
# each_file FUNCTION [KIND SOURCE PATH MODE]...: calls it with each, of a folder with what is in it
each_file() {
  call=$1
  shift
  while [ $# -gt 0 ]; do
    if [ "$1" = folder ]; then each_key "$2" "$3" "$4"; else "$call" "$1" "$2" "$3" "$4"; fi
    shift 4
  done
}
# each_key FOLDER PREFIX MODE: what begins with two dots is the kubelet's own; needs: call
each_key() {
  for key in "$1"/* "$1"/.[!.]*; do
    [ ! -f "$key" ] || "$call" file "$key" "$2\${key##*/}" "$3"
  done
}
# write_new KIND SOURCE PATH MODE: writes it beside, unless it is kept, or missing and may be
write_new() {
  [ "$1" != optional ] || [ -f "$2" ] || { say "$3: its key is not there: left out" && return; }
  require_source "$1" "$2" "$3"
  ! is_kept "$step_folder/$3" || return 0
  written=$new/$3 where=" in $3"
  error=$( (mkdir -p "\${written%/*}" && rm -f "$written") 2>&1) || fail "write $3"
  fill "$written" produce "$1" "$2" || fail "write $3"
  chmod "$4" "$written"
}
# measure: ends if it is too much
measure() {
  bytes=$(find "$new" -type f -exec cat {} + | wc -c)
  [ "$bytes" -le $((step_max_size * 1024)) ] ||
    finish 1 "$((bytes)) bytes, but maxSize is $step_max_size KiB"
}
# check_place KIND SOURCE PATH MODE: ends if a folder is in its way, or a link, which might lead
# anywhere
check_place() {
  [ -f "$new/$3" ] || return 0
  at=$step_folder rest=$3
  while [ "$rest" != "\${rest#*/}" ]; do
    at=$at/\${rest%%/*} rest=\${rest#*/}
    [ ! -L "$at" ] || finish 2 "$at is a link, which is not followed"
  done
  [ ! -d "$at/$rest" ] || [ -L "$at/$rest" ] || finish 2 "$at/$rest is a folder"
}
# place_new KIND SOURCE PATH MODE: renames it into place, unless that is done
place_new() {
  [ -f "$new/$3" ] || return 0
  into=$step_folder/$3 into=\${into%/*}
  error=$( (umask 022 && mkdir -p "$into") 2>&1) || fail "make $into"
  place "$new/$3"
}
copy_files "$@" &
`;

export const COPY_FROM_IMAGE = `# copy_all NAME PATH...: fills the folder
copy_all() {
  require_tools
  measure "$@"
  begin_folder
  while [ $# -gt 0 ]; do
    if [ "$1" = . ]; then each_of "$2" copy_entry; else copy -H "$2" "$1"; fi
    shift 2
  done
  end_folder
  finish 0 "entries put into $step_folder: $placed"
}
# require_tools: an image may have less than others
require_tools() {
  for tool in cp mv rm mkdir chmod; do
    command -v "$tool" >/dev/null || finish 2 "the image has no $tool, which copies its files"
  done
}
# measure NAME PATH...: ends if it is too much, where du is there to tell
measure() {
  kibibytes=0
  while [ $# -gt 0 ]; do
    is_there "$2" || finish 2 "the image has no $2"
    [ "$1" != . ] || [ -d "$2" ] || finish 2 "$2 is no folder of the image"
    size=$(du -skH "$2/." 2>/dev/null || du -skH "$2" 2>/dev/null)
    size=\${size%%[!0-9]*}
    kibibytes=$((kibibytes + \${size:-0}))
    shift 2
  done
  [ "$kibibytes" -le "$step_max_size" ] ||
    finish 1 "$kibibytes KiB in the image, but maxSize is $step_max_size KiB"
}
# copy_entry PATH: one of those of a folder
copy_entry() { copy -P "$1" "\${1##*/}"; }
# copy OPTION PATH NAME: -H follows PATH if it is a link. Its owner becomes who the step runs as
copy() {
  ! is_kept "$step_folder/$3" || return 0
  remove "$new/$3"
  error=$({
    cp -Rp "$1" "$2" "$new/$3" 2>&1
    printf '\\n%s\\n' $?
  } | reason) || fail "copy $2"
}
# reason: prints why cp failed, by what it says and its status behind that, and returns the status.
# Owners are complained of for each file; only root could keep them
reason() {
  said='' last=''
  while read -r line; do
    case $last in '' | *' preserve owner'*) ;; *) said=\${said:-$last} ;; esac
    last=$line
  done
  said=\${said:-cp ended with $last}
  printf '%.300s' "\${said##*: }"
  return "$last"
}
copy_all "$@" &
`;

export const COUNT_ADDRESSES = `# enough NAME: sets result, up with step_leastOF addresses: those of /etc/hosts, or else those that
# name servers tell; needs: of
enough() {
  result=up
  least=$(variable "step_least$of")
  [ -n "$least" ] || return 0
  addresses=$(awk -v name="$1" '{
    for (i = 2; i <= NF && $i !~ /^#/; i++) if ($i == name && $1 !~ /^#/) print $1
  }' /etc/hosts)
  [ -n "$addresses" ] || look_up "$1" 0.5
  count=$(printf '%s\\n' "$addresses" | sort -u | grep -c .)
  [ "$count" -ge "$least" ] || result="$count of $least addresses"
}
`;

export const CURL_CAUSES = `# explain STATUS URL: sets result, the cause of an exit code of curl; needs: said verdict known
explain() {
  case $1 in
    6) result=\${known:-name does not resolve; a typo, or a NetworkPolicy that stops DNS?} ;;
    7) result='connection refused or no route' ;;
    47) result='too many redirects; does it want a cookie?' ;;
    60) explain_certificate ;;
    127) finish 2 'the image lacks curl' ;;
    137 | 393) result='curl was killed; not enough memory?' ;; # 393: yash
    # UNSUPPORTED_PROTOCOL WEIRD_SERVER_REPLY HTTP2 SSL_CONNECT_ERROR GOT_NOTHING SEND_ERROR
    # RECV_ERROR HTTP2_STREAM: which of them it is changes from attempt to attempt
    1 | 8 | 16 | 35 | 52 | 55 | 56 | 92)
      case $2 in
        https:*) result='closed without an answer; no TLS there, or a client certificate wanted?' ;;
        *) result='closed without an answer in HTTP/1.1; gRPC, TLS, a proxy without a server?' ;;
      esac
      ;;
    *) result=$(printable "\${said%%"$newline"*}" | sed 's/\\([^(0-9]\\)[0-9][0-9.]*/\\1N/g') ;;
  esac
}
# explain_certificate: sets result by the verdict of OpenSSL
explain_certificate() {
  case $verdict in
    1) result='for another name' ;;
    9) result='not valid yet' ;;
    10) result='expired' ;;
    18 | 19) result='self-signed' ;;
    20 | 21) result='of an unknown authority' ;;
    *) result="error $verdict of OpenSSL" ;;
  esac
  result="certificate not trusted: $result"
}
`;

export const DOWNLOAD_CONFIG = `# fetch: one attempt; ends, or sets result wanted
fetch() {
  take_up
  said=$(send 2>&1)
  status=$? facts=\${said##*"$newline"} said=\${said%"$newline"*} size=$(($(wc -c <"$part")))
  settle
  clock
  known=$result
  [ "$((elapsed < \${step_timeout}0 || size)):$family" != 1: ] || known=''
  judge
  case $status:$((size - there))$family in 28:0) family=-4 ;; *) family='' ;; esac
  where=\${said##*"$newline"} where=\${where%%[?#]*}
  case $status:$code:$where:$result in
    47:* | *:"$known") ;;
    *:3*:[1-9]*) result="$(led_to "\${where#* }"): $result" ;;
  esac
  [ -z "$final" ] || finish 1 "$shown: $result"
}
# progress: sets reached
progress() { reached="$(($(wc -c <"$part"))) bytes of $shown"; }
try=fetch step_attempt_timeout=$step_timeout step_poll_interval=50 family=''
`;

export const ENCODE = `# encodings: print a value as it must be written where it stands; set wrong where that is impossible
encodings='
  BEGIN {
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
    split("& &amp; < &lt; > &gt; \\" &quot; \\047 &apos;", list, " ")
    for (i = 1; i < 10; i += 2) entity[list[i]] = list[i + 1]
  }
  # encoded: one byte in JSON, a URL or XML; needs: name; sets wrong
  function encoded(c, encoding) {
    if (encoding == "url") return c ~ /[-A-Za-z0-9._~]/ ? c : sprintf("%%%02X", code[c])
    if (encoding == "xml") {
      if (code[c] < 32 && c !~ /[\\t\\n\\r]/) wrong = "variable " name " holds what XML cannot"
      return c in entity ? entity[c] : c
    }
    if (c == "\\"" || c == "\\\\") return "\\\\" c
    return code[c] < 32 ? sprintf("\\\\u%04x", code[c]) : c
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
      wrong = "\${" name "|" encoding "} must end in json, url, base64 or xml"
    else {
      if (encoding == "json") printf "\\""
      for (i = 1; i <= size; i++) printf "%s", encoded(substr(text, i, 1), encoding)
      if (encoding == "json") printf "\\""
    }
  }'
`;

export const END_FILE = `# end_file: gives it its mode and name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: \${error##*: }"
}
`;

export const END = `wait $!
status=$?
trap '' TERM
kill 0 # the heartbeat
exit "$status"
`;

export const ENOUGH = `# enough NAME: sets result, for one address is
enough() { result=up; }
`;

export const EXPAND = `# expand: copies stdin, and replaces \${NAME}, \${NAME|encoding} and \${NAME:-default} of a declared
# variable; one more $ makes any literal. A dot behind the text lets a final newline survive.
expand() {
  LC_ALL=C awk -v say_left="$say_left" "$encodings"'
    # placeholder: how much of one a text holds; sets name, encoding, fallback, at (of :-), size
    function placeholder(text) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*([|][a-z0-9]+)?(:-[^}]*)?/)) return "none"
      size = RLENGTH + 1
      name = substr(text, 1, RLENGTH)
      at = index(name, ":-")
      fallback = at > 0 ? substr(name, at + 2) : ""
      if (at > 0) name = substr(name, 1, at - 1)
      encoding = name ~ /[|]/ ? substr(name, index(name, "|") + 1) : ""
      sub(/[|].*/, "", name)
      if (substr(text, size, 1) == "}") return name in names ? "whole" : "undeclared"
      return name in names && at > 0 && size > length(text) ? "begun" : "none"
    }
    # value: what stands for it; sets wrong where there is none
    function value() {
      if (!(("var_" name) in ENVIRON)) { # to look at it would make it
        if (at == 0) wrong = "variable " name " has no value"
        return fallback
      }
      return ENVIRON["var_" name] == "" ? fallback : ENVIRON["var_" name]
    }
    # print_replaced: what is before a placeholder, and what stands for it
    function print_replaced(before, text) {
      if (sub(/[$]$/, "", before)) printf "%s\${%s", before, text
      else {
        printf "%s", before
        print_encoded(value(), encoding)
      }
    }
    # print_left: what is before a placeholder that nobody declared; left has the first names
    function print_left(before) {
      if (!sub(/[$]$/, "", before) && say_left && !(name in seen)) {
        seen[name]
        many++
        if (many <= 10) left = left " " name
        if (many == 11) left = left " ..."
      }
      printf "%s\${", before
    }
    # print_expanded: splits the line once; to cut off one by one takes the square of its length
    function print_expanded(line, count, piece, i, found) {
      count = split(line, piece, /[$][{]/)
      for (i = 2; i <= count; i++) {
        found = placeholder(piece[i])
        if (found == "begun" && i < count) { # a default may hold \${
          piece[i + 1] = piece[i] "\${" piece[i + 1]
          piece[i] = piece[i - 1]
        } else if (found == "whole") {
          print_replaced(piece[i - 1], substr(piece[i], 1, size))
          piece[i] = substr(piece[i], size + 1)
        } else if (found == "undeclared") print_left(piece[i - 1])
        else printf "%s\${", piece[i - 1]
      }
      printf "%s", piece[count]
    }
    BEGIN { for (i = split(ENVIRON["step_variables"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { print_expanded(last); print "" }
    { last = $0 }
    END {
      print_expanded(substr(last, 1, length(last) - 1))
      if (wrong != "") print "wrong " wrong | "cat >&2"
      else if (left != "") print "left" left | "cat >&2"
      exit wrong != ""
    }'
}
`;

export const FILE = `# Written beside step_destination, hidden, and readable for nobody else yet.
folder=\${step_destination%/*}
part=$folder/.\${step_destination##*/}.part
umask 077
trap 'status=$?; rm -f "$part"; exit "$status"' EXIT
`;

export const FILL = `# fill FILE COMMAND...: with its output; sets error if it fails; needs: where
fill() {
  filled=$1
  shift
  # cat notices a full disk, which awk of busybox does not; awk says why it fails
  error=$({ { "$@" || echo failed >&2; } | cat >"$filled"; } 2>&1)
  case $?:$error in
    0:) return ;;
    0:left*) say "not declared, and left as it is$where:\${error#left}" && return ;;
  esac
  error=$(printf %s "\${error%failed}") error=\${error:-no reason given}
  case $error in wrong*) finish 2 "\${error#wrong }$where" ;; esac
  return 1
}
`;

export const FOLDER = `# The folder is filled beside its entries, in a hidden one of this pod and step, which nobody else
# may enter; then each entry is renamed into place. What is replaced waits in another one meanwhile.
new=$step_folder/.init.$step_pod.$0.new old=$step_folder/.init.$step_pod.$0.old
umask 077
# begin_folder: removes what earlier runs left, and begins anew
begin_folder() {
  error=$( (umask 022 && mkdir -p "$step_folder") 2>&1) || fail "make $step_folder"
  [ ! -L "$old" ] || rm -f "$old"
  for left in "$old"/.init.* "$old" "$step_folder"/.init.????????-????-????-????-????????????.*; do
    is_left "$left" || continue
    case $left in
      "$new" | "$old"*) ;;
      *) mkdir -p "$old" 2>/dev/null && move "$left" "$old/" && left=$old/\${left##*/} ;;
    esac
    case $left in *.old) restore "$left" || fail "put back what is in $left" ;; esac
    remove "$left"
  done
  remove "$old"
  error=$( (mkdir "$new" && mkdir "$old") 2>&1) || fail "write to $step_folder"
}
# is_left PATH: whether it is this pod's, or a folder that no pod has touched for an hour
is_left() {
  case $1 in "$new" | "$old"*) is_there "$1" && return ;; esac
  [ -d "$1" ] && [ -n "$(find "$1" -prune -mmin +60 2>/dev/null)" ]
}
# restore FOLDER: puts back what a run moved there before it was stopped; fails if some stays there.
# A link might lead anywhere
restore() { [ -L "$1" ] || each_of "$1" put_back; }
# put_back PATH: an entry that was moved away, unless another one stands in its place by now
put_back() {
  is_there "$step_folder/\${1##*/}" || move "$1" "$step_folder/" ||
    is_there "$step_folder/\${1##*/}" || return
  remove "$1" || :
}
# end_folder: renames all entries into place; sets placed, how many
end_folder() {
  placed=0 into=$step_folder
  each_of "$new" place
  remove "$new"
  remove "$old"
}
# each_of FOLDER FUNCTION: calls it with each entry, hidden ones too; fails if one call does
each_of() {
  missed=0
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    ! is_there "$entry" || "$2" "$entry" || missed=1
  done
  return "$missed"
}
# is_there PATH: also if it is a link that leads nowhere
is_there() { [ -e "$1" ] || [ -L "$1" ]; }
# move PATH FOLDER: into it, never into a folder of its name there; sets error if it fails
move() {
  shut='' at=$1
  # to get another parent a folder must be writable
  [ ! -d "$1" ] || [ -L "$1" ] || [ -w "$1" ] || { chmod u+w "$1" 2>/dev/null && shut=1; }
  if said=$(mv -f "$1" "$2" 2>&1); then at=$2\${1##*/}; else error=$said; fi
  [ -z "$shut" ] || chmod u-w "$at"
  [ "$at" != "$1" ]
}
# remove FOLDER: with what may not be written in it
remove() { rm -rf "$1" 2>/dev/null || { chmod -R u+w "$1" && rm -rf "$1"; } 2>/dev/null; }
# fail WHAT: ends, because it could not be done; needs: error
fail() {
  why=\${error##*: } why=\${why:-no reason given}
  remove "$new"
  if [ ! -d "$old" ] || restore "$old"; then
    remove "$old"
  else
    say "what was in $step_folder is kept in $old for the next run"
  fi
  finish 1 "cannot $1 as user $(id -u): $why"
}
`;

export const FROM_THE_START = `# take_up: each attempt begins anew
take_up() { there=0; }
# settle: nothing is continued
settle() { :; }
resume=''
`;

export const GENERATE_CONFIG = `# generate: writes the file from its template
generate() {
  fill "$part" template || without_old generate
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}
where=''
generate &
wait $!
`;

export const GENERATE_ENV = `# generate [NAME TEMPLATE]...: writes the variables as the kubelet reads them, which takes no more
generate() {
  fill "$part" print_variables "$@" || without_old generate "$@"
  bytes=$(wc -c <"$part")
  [ "$bytes" -le 65536 ] || finish 2 "$((bytes)) bytes of variables, but Kubernetes reads 65536"
  end_file
  finish 0 "wrote variables for the app: $(($# / 2))"
}
# print_variables [NAME TEMPLATE]...: one behind the other
print_variables() {
  while [ $# -gt 0 ]; do
    print_variable "$1" "$2" || return
    shift 2
  done
}
# print_variable NAME TEMPLATE: as NAME='value'; fails if the kubelet would read another value
print_variable() {
  value=$(printf '%s.' "$2" | expand && printf .) || return
  value=\${value%.}
  case $value in
    '') echo "wrong $1 is empty, which Kubernetes takes for missing" >&2 ;;
    *\\'*) echo "wrong $1 holds a single quote, with which it ends for Kubernetes" >&2 ;;
    *"$cr$newline"*) echo "wrong $1 holds a line break of Windows, which Kubernetes changes" >&2 ;;
    *) printf "%s='%s'\\n" "$1" "$value" ;;
  esac
}
where='' newline='
'
cr=$(printf '\\r')
generate "$@" &
wait $!
`;

export const GIT_CAUSES = `quote=$(printf '\\047')
# judge: why git failed: ends, or sets result if it may succeed later; needs: status
judge() {
  # What it quotes, as the URL, is not its own word.
  said=$(grep -v '^remote: ' "$new/said" | sed "s/\${quote}[^$quote ]*$quote/it/g" | tail -c 2000)
  [ -n "$said" ] || said=$( (echo | cat >"$new/said") 2>&1) # is there room?
  final=''
  [ -z "$(find "$root" -type f -size +"$step_max_size"k | head -n 1)" ] ||
    finish 1 "$shown: more than $step_max_size KiB"
  case $status:$said in
    127:*) finish 2 'the image lacks git or timeout' ;;
    124:* | 143:* | 399:*) result='no answer in time; a NetworkPolicy?' ;;
    *'No space left'*) final=1 result='no room' ;;
    137:* | 393:* | *'signal 9'* | *'ut of memory'* | *'malloc'*)
      final=1 result='git was killed or had no memory; give more in resources'
      ;;
    *) judge_network ;;
  esac
  [ -z "$final" ] || finish 1 "$shown: $result"
}
# judge_network: whether the server was reached; sets result final
judge_network() {
  case $said in
    *'too slow'* | *'timed out'* | *'Timeout'*) result='no answer in time; a NetworkPolicy?' ;;
    *'resolve host'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    *'onnection refused'* | *'o route to host'* | *'connect to server'*)
      result='connection refused or no route'
      ;;
    *) judge_answer ;;
  esac
}
# judge_answer: what the server answers, in most cases for ever; sets result final
judge_answer() {
  final=1
  case $said in
    *'uthentication failed'* | *'terminal prompts disabled'* | *'ermission denied ('*) refused ;;
    *'ost key verification failed'*) result='its host key is not among knownHosts' ;;
    *repository*'not found'*) result='no such repository, or not for who clones' ;;
    *'find remote ref'* | *'not our ref'* | *'unadvertised object'*)
      result="has no commit $step_revision, or gives none that no branch leads to"
      ;;
    *'returned error: '*)
      code=\${said##*returned error: } code=\${code%%[!0-9]*} result="status $code"
      case $code in 408 | 425 | 429 | 5??) final='' ;; esac
      ;;
    *) judge_text ;;
  esac
}
# judge_text: by what git says first, without the URL; sets result final
judge_text() {
  ended=''
  { read -r ended <"$new/ssh"; } 2>/dev/null
  text=$(printf '%s\\n' "$said" | grep -v '^warning: ' |
    sed -n 's/^[A-Za-z]*: //; s/[^ ]*\\/[^ ]*/it/g; /./p' | head -n 1)
  result=$(printable "$text") result=\${result:-git ended with $status}
  case $ended:$said in
    [!2:]*:* | 2[!5]*:*) ;;
    *certificate*) result="certificate not trusted: \${result##*: }" ;;
    *) final='' ;;
  esac
}
`;

export const GIT_CERTIFICATE = `# The folder of certificates that the image trusts as well is another one.
unset GIT_SSL_CAINFO GIT_SSL_CAPATH
set_option http.sslCAInfo "$step_ca_certificate_file"
set_option http.sslCAPath "\${step_ca_certificate_file%/*}"
`;

export const GIT_KEY = `command -v ssh >/dev/null || finish 2 'the image lacks ssh'
[ -s "$step_key_file" ] || finish 2 'the key is empty'
user=$(id -u)
awk -F: -v user="$user" '$3 == user { found = 1 } END { exit !found }' /etc/passwd ||
  finish 2 "user $user has no name in /etc/passwd, without which ssh does nothing; give runAs"
# The key is used where it is mounted. ssh takes none of its own user's that others might read, and
# none without a line break at its end: then it takes a copy, which is removed when the step ends.
key=$step_key_file
# copy_key: sets key, if it is to be a copy
copy_key() {
  [ "$(stat -L -c %u "$key")" = "$user" ] || [ -n "$(tail -c 1 "$key")" ] || return 0
  (umask 377 && { cat "$key" && echo; } >"$new/key") || finish 1 'cannot write a copy of the key'
  key=$new/key
}
# What git runs. How ssh ends, which git does not tell, is written to a file.
GIT_SSH_COMMAND='as_user() {
  cd "\${step_used_key%/*}" && ssh -F none -i "./\${step_used_key##*/}" \\
    -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR -o UpdateHostKeys=no \\
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$step_known_hosts_file" \\
    -o GlobalKnownHostsFile=none -o ConnectTimeout=10 \\
    -o ServerAliveInterval=10 -o ServerAliveCountMax=3 "$@"
  ended=$?
  echo "$ended" >"$HOME/ssh"
  return "$ended"
}
as_user'
copy_key
export step_used_key="$key" GIT_SSH_COMMAND GIT_SSH_VARIANT=ssh
# refused: sets result, where the server does not let us in
refused() { result='the server refuses the key'; }
`;

export const GIT_NOBODY = `# refused: sets result, where the server does not let us in
refused() { result='the server wants to know who clones; give auth'; }
`;

export const GIT_TOKEN = `fault=$(awk 'BEGIN {
  token = ENVIRON["step_token"]
  if (token == "") print "has no value"
  if (token ~ /[\\r\\n]/) print "holds a line break; does its Secret end in one?"
}')
[ -z "$fault" ] || finish 2 "the token $fault"
# git asks for the token when a server does, and only for the host of the URL: wherever that leads,
# the token stays. The answer comes through a pipe.
origin=\${step_url#*://} origin=\${step_url%%://*}://\${origin%%/*}
set_option "credential.$origin.helper" '!awk "BEGIN {
  printf \\"username=%s\\npassword=%s\\n\\", ENVIRON[\\"step_user\\"], ENVIRON[\\"step_token\\"]
}"'
# refused: sets result, where the server does not let us in
refused() { result='the server refuses the token'; }
`;

export const HEADERS = `# headers OF: prints step_headersOF, varOF_NAME for \${NAME}; one more $ makes it literal
headers() {
  LC_ALL=C awk -v of="$1" 'BEGIN {
    count = split(ENVIRON["step_headers" of], piece, /[$][{]/)
    for (i = 2; i <= count; i++) {
      name = substr(piece[i], 1, index(piece[i], "}") - 1)
      if (sub(/[$]$/, "", piece[i - 1])) piece[i] = "\${" piece[i]
      else piece[i] = ENVIRON["var" of "_" name] substr(piece[i], length(name) + 2)
    }
    for (i = 1; i <= count; i++) printf "%s", piece[i]
    print ""
  }'
}
`;

export const HEARTBEAT = `# No silence is longer than ten seconds.
while sleep 10 && clock; do
  progress
  say "$reached, $((elapsed / 10)) s of $step_timeout s"
done &
T=300 lines=-10
`;

export const HOLD_BY_CURL = `# hold TIME: sets result, up unless the server closes before this time, and without a word
hold() {
  result=up at=$host
  case $host in *:*) at="[$host]" ;; esac
  said=$(
    {
      { sleep "$1" && sleep 0.2; } |
        curl -q -s --noproxy '*' --max-time "$1" "telnet://$at:$port"
      echo " $?"
    } | head -c 9
  )
  case $said in
    ' 0' | ' 56') # RECV_ERROR
      result='accepted and closed at once: a proxy with nothing behind it?'
      ;;
  esac
}
`;

export const HOLD = `newline='
'
# hold TIME: sets result, up unless the server closes before this time, and without a word
hold() {
  result=up
  {
    said=$(: | timeout "$1" telnet "$host" "$port" 0<>/dev/stdin | head -c 400)
  } 2>/dev/null
  case \${said#"Connected to $host$newline"} in
    'Connection closed by'* | 'EOF on read'*) # busybox 1.37, 1.38
      result='accepted and closed at once: a proxy with nothing behind it?'
      ;;
  esac
}
`;

export const HOST_FROM = `# from_host: sets endpoint; needs: number
from_host() {
  value_of host "step_host_$number"
  case $value in *:*) value="[\${value#\\[}" value="\${value%\\]}]" ;; esac
  check_host "$value"
  endpoint=\${endpoint%%:*}://$value
  value_of port "step_port_$number"
  check_port "$value"
  endpoint=$endpoint:$value
}
`;

export const IN_A_ROW = `# in_a_row: sets result, up after step_success_threshold in a row; needs: successes
in_a_row() {
  once
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

export const JOIN = `# join FILES: prints those that are there, one after the other, each from a new line on
join() {
  unended=0
  for piece in $1; do
    [ -s "$piece" ] || continue
    [ "$unended" -eq 0 ] || echo
    cat "$piece" || return
    last=$(($(wc -c <"$piece") - 1))
    unended=$(dd if="$piece" bs=1 skip="$last" 2>/dev/null | tr -d '\\n' | wc -c)
  done
}
# say_left_out FILES WHAT: which parts of it may be missing, and are
say_left_out() {
  number=0
  for piece in $1; do
    number=$((number + 1))
    [ -e "$piece" ] || say "part $number of $2 is not there: left out"
  done
}
`;

export const JUDGE_ANSWER = `# An event has a type and an object; what is refused comes as a Status, in an event or alone.
# Needs: ENVIRON["condition"]: KIND,TYPE,APIVERSION,RESOURCE,NAMESPACE,OBJECTKIND,NAME
rules=$rules'
  # wanted: what the rules below look at
  function wanted(place) { return place in needed || index(place, conditions SUBSEP) == 1 }
  # meta: of the object, as spec and status are
  function meta(name) { return at["object", "metadata", name] }
  # spec: the same
  function spec(name) { return at["object", "spec", name] }
  # status: a number
  function status(name) { return at["object", "status", name] + 0 }
  # refusal: of a Status
  function refusal(name) { return "kind" in at ? at[name] : at["object", name] }
  # report: prints VERDICT VERSION REASON
  function report(verdict, reason) {
    printf "%s %s %s\\n", verdict, meta("resourceVersion") "", substr(reason, 1, 300)
    fflush()
  }
  # condition_of: sets found, one of the conditions of the object, whose letters may be small
  function condition_of(type, i, place) {
    found = ""
    for (i = 0; (conditions, i, "type") in at || (conditions, i, "status") in at; i++) {
      place = conditions SUBSEP i
      if (tolower(at[place, "type"]) != tolower(type) || at[place, "status"] == "") continue
      found = place
      return at[place, "status"]
    }
    return ""
  }
  # why: reason and message of the one that was found
  function why() {
    return after(": ", at[found, "reason"]) after(": ", at[found, "message"])
  }
  # after: a text behind another, if there is one
  function after(before, text) { return text == "" ? "" : before text }
  # refused: what an answer of the server means that is no object
  function refused(code) {
    if (code == 401) report("error", "the API server refuses the token")
    else if (code == 403) report("error", forbidden())
    else if (code == 404 && (at["details", "name"] at["object", "details", "name"]) != "")
      report("unmet", "not there (yet)")
    else if (code == 404) report("error", "the server knows no " resource " of " version)
    else if (code == 410) { print "gone"; fflush() }
    else report("error", "status " code after(": ", refusal("message")))
  }
  # forbidden: names the rule that is missing
  function forbidden(group) {
    group = index(version, "/") ? substr(version, 1, index(version, "/") - 1) : "\\"\\""
    return "may not " (at["type"] == "GOT" ? "get " : "watch ") resource " \\"" object \\
      "\\" in " space ": the rule that is missing: apiGroups [" group "], resources [" resource \\
      "], resourceNames [" object "], verbs [get, watch]"
  }
  BEGIN {
    split(ENVIRON["condition"], part, ",")
    kind = part[1]; type = part[2]; version = part[3]; resource = part[4]
    space = part[5]; workload = part[6]; object = part[7]
    conditions = "object" SUBSEP "status" SUBSEP "conditions"
    needed[""]; needed["details"]; needed["object"]; needed[conditions]
    needed["object", "details"]; needed["object", "metadata"]; needed["object", "status"]
    needed["object", "spec"]; needed["object", "spec", "updateStrategy"]
    needed["object", "spec", "updateStrategy", "rollingUpdate"]
  }
  END { if (broken && at["type"] != "GOT") report("error", "no JSON came, looks again") }
  !whole { next }
  at["type"] == "BOOKMARK" { print "again"; fflush(); next }
  refusal("kind") == "Status" { refused(refusal("code") + 0); next }
  at["type"] == "DELETED" { report("unmet", "not there (yet)"); next }'
`;

export const JUDGE_COMPLETED = `rules=$rules'
  # judge_job: complete or failed are final
  function judge_job() {
    if (condition_of("Complete") == "True") report("met", "complete")
    else if (condition_of("Failed") == "True") report("failed", "failed" why())
    else if (condition_of("FailureTarget") == "True") report("unmet", "failing" why())
    else if (spec("suspend") == "true") report("unmet", "suspended")
    else report("unmet", (status("active") ? "running: " : "not running: ") status("active") \\
      " active, " status("succeeded") " succeeded, " status("failed") " failed pods")
  }
  kind == "completed" { judge_job() }'
`;

export const JUDGE_HTTP = `# judge: sets result, and what leads to it
judge() {
  redirected=''
  case $status:$redirects:$code in
    47:*) ;; # TOO_MANY_REDIRECTS
    [!0]*:[1-9]*:3*) redirected="redirects to $(printable "\${where%%[?#]*}"): " code=000 ;;
  esac
  case $code:$status:$size:\${redirected:+redirected}:$proxy in
    ???:28:0:*) no_answer ;;
    000:1:*:redirected:*) result='https leads to https only' ;;
    000:*:[45]??) result="the proxy answers $proxy" ;;
    000:* | ???:47:*) explain "$status" "$where" && family='' ;;
    *) compare_status ;;
  esac
  [ "$result" != "$known" ] || redirected=''
  result=$redirected\${result:-curl ended with $status}
}
format='%{http_code},%{http_connect},%{size_download},%{time_connect},%{time_total}'
format="$format,%{num_redirects},%{ssl_verify_result},%{url_effective}"
# read_facts LINE: sets code proxy size connected seconds redirects verdict where
read_facts() {
  IFS=,
  set -- $1
  [ $# -ge 8 ] || set -- 000 000 0 0 0 0 0 ''
  code=$1 proxy=$2 size=$3 connected=$4 seconds=\${5%.*} redirects=$6 verdict=$7
  shift 7
  where=$*
  unset IFS
}
# no_answer: sets result, and family for the next attempt: the look-up of IPv6 may be what hangs
no_answer() {
  result="no answer in $seconds s"
  case $connected$redirected in
    0.000000)
      result="$result; no ready pods behind the Service? a NetworkPolicy? no DNS?"
      case $family in '') family=-4 ;; *) family='' ;; esac
      ;;
  esac
  result=\${known:-$result}
}
family='' lacks=''
# compare_status: sets result, up if code is one of statuses; needs: lacks
compare_status() {
  case "|$statuses|" in
    *"|$code|"* | *"|\${code%??}xx|"*) result=\${lacks:-up} ;;
    *) result="status $code" ;;
  esac
}
`;

export const JUDGE_MET = `rules=$rules'
  # judge_condition: as kubectl wait does: what was observed must be of this generation
  function judge_condition(value, observed) {
    value = condition_of(type)
    observed = at["object", "status", "observedGeneration"]
    if ((found, "observedGeneration") in at) observed = at[found, "observedGeneration"]
    if (value == "") report("unmet", "has no condition " type " (yet)")
    else if (observed != "" && observed + 0 < meta("generation") + 0)
      report("unmet", type " is of generation " observed ", and not (yet) of " meta("generation"))
    else report(tolower(value) == "true" ? "met" : "unmet", type " is " value why())
  }
  kind == "met" { judge_condition() }'
`;

export const JUDGE_ROLLED_OUT = `# As kubectl rollout status does, but what exceeds its progress deadline may come in time.
rules=$rules'
  # strategy: of an update, for which of its pods
  function strategy(name) { return at["object", "spec", "updateStrategy", name] }
  # judge_deployment: by its replicas
  function judge_deployment(updated, available, all) {
    updated = status("updatedReplicas"); available = status("availableReplicas")
    all = spec("replicas") + 0
    condition_of("Progressing")
    if (at[found, "reason"] == "ProgressDeadlineExceeded")
      report("unmet", "exceeded its progress deadline" after(": ", at[found, "message"]))
    else if (updated < all)
      report("unmet", updated " out of " all " new replicas have been updated")
    else if (status("replicas") > updated)
      report("unmet", status("replicas") - updated " old replicas are pending termination")
    else if (available < updated)
      report("unmet", available " of " updated " updated replicas are available")
    else report("met", "successfully rolled out")
  }
  # judge_daemon_set: by its pods
  function judge_daemon_set(updated, available, all) {
    updated = status("updatedNumberScheduled"); available = status("numberAvailable")
    all = status("desiredNumberScheduled")
    if (updated < all) report("unmet", updated " out of " all " new pods have been updated")
    else if (available < all) report("unmet", available " of " all " updated pods are available")
    else report("met", "successfully rolled out")
  }
  # judge_stateful_set: by its pods, of which those below a partition stay as they are
  function judge_stateful_set(updated, all, revision, partition) {
    updated = status("updatedReplicas"); all = spec("replicas") + 0
    revision = at["object", "status", "updateRevision"]
    partition = strategy("rollingUpdate" SUBSEP "partition")
    if (status("readyReplicas") < all)
      report("unmet", all - status("readyReplicas") " pods to be ready")
    else if (partition != "" && updated < all - partition)
      report("unmet", updated " out of " all - partition " new pods have been updated")
    else if (partition == "" && revision != at["object", "status", "currentRevision"])
      report("unmet", updated " pods at revision " revision)
    else report("met", "successfully rolled out")
  }
  # judge_rollout: if it has a status that is of this generation
  function judge_rollout() {
    if (workload != "Deployment" && strategy("type") != "RollingUpdate")
      report("failed", "has no rollout: its strategy is " strategy("type") ", not RollingUpdate")
    else if (status("observedGeneration") < meta("generation") + 0 || \\
      workload == "StatefulSet" && !status("observedGeneration"))
      report("unmet", "its new spec is not observed (yet)")
    else if (workload == "Deployment") judge_deployment()
    else if (workload == "DaemonSet") judge_daemon_set()
    else judge_stateful_set()
  }
  kind == "rolledOut" { judge_rollout() }'
`;

export const JUDGE = `# judge: ends, or sets result wanted (in 0.1 s), and final if it can never come
judge() {
  code=\${facts%%:*} codes=\${facts%%,*} final=''
  case $status:$codes:$((size > step_max_size)) in
    *:000:*:[45]??:0) final=\${codes##*:5??} result="the proxy answers \${codes##*:}" ;;
    63:* | *:1) final=1 result="larger than $step_max_size bytes" ;;
    0:200:*) verify && end_file && finish 0 "downloaded $shown: $size bytes, sha256 $sum" ;;
    6:*) result=\${known:-name does not resolve; a typo, or a NetworkPolicy that stops DNS?} ;;
    7:*) result='connection refused or no route' ;;
    28:*) result=\${known:-"no answer in time, $size bytes came; a NetworkPolicy?"} ;;
    22:408:* | 22:42[59]:* | 22:5*) result="status $code" wanted=\${facts##*,r=}0 ;;
    0:* | 22:*) final=1 result="status $code" ;;
    33:*) result='it cannot be continued: begins anew' ;;
    5:* | 1[68]:* | 35:* | 5[256]:* | 92:*) result='closed before the whole answer came' ;;
    *) judge_here ;;
  esac
  case $wanted in *[!0-9]* | 0?* | ??????*) wanted=0 ;; esac
}
no_pem='certificates to trust cannot be read: not in PEM form?'
# judge_here: where no server failed
judge_here() {
  final=1 result=$(words "$said")
  case $status:\${facts#*:} in
    60:9:*) final='' result='certificate not trusted: not valid yet' ;;
    60:*) result="certificate not trusted: \${result##*: }" ;;
    23:*) result="no room after $size bytes" && make_room "$step_destination" && final='' ;;
    43:* | 58:*) finish 2 "$result" ;;
    # SSL_CACERT_BADFILE; behind a redirect inline ones are read already
    77:*) case \${said##*"$newline"} in 0\\ *) finish 2 "$no_pem" ;; esac ;;
    127:*) finish 2 'the image lacks curl' ;;
    137:* | 393:*) result='curl was killed; not enough memory?' ;;
  esac
  result=\${result:-curl ended with $status}
}
`;

export const KEEP_ENTRY = `# is_kept PATH: says it if it is
is_kept() {
  is_there "$1" || return 1
  say "$1 is there already"
}
# place PATH: unless something is there by now; needs: into
place() {
  name=\${1##*/}
  ! is_kept "$into/$name" || return 0
  if { [ -d "$1" ] && [ ! -L "$1" ]; } || ! ln "$1" "$into/" 2>/dev/null; then
    ! is_kept "$into/$name" || return 0
    move "$1" "$into/" || { is_kept "$into/$name" && return; } ||
      fail "write $into/$name"
  fi
  placed=$((placed + 1))
}
`;

export const KEEP_FILE = `# What is there stays as it is, whoever made it.
[ ! -f "$step_destination" ] || finish 0 "$step_destination is there already"
# end_file: gives it its mode and its name, unless another pod was faster
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && ln "$part" "$step_destination") 2>&1) && return
  [ ! -f "$step_destination" ] || finish 0 "$step_destination is there meanwhile"
  error=$(mv -f "$part" "$step_destination" 2>&1) || # a file system without hard links
    finish 1 "cannot write $step_destination: \${error##*: }"
}
`;

export const KEEP_LEFT = `# say_left: whether to log what nobody declared
say_left=
`;

export const KEEP_ROOM = `# make_room FILE: what others may read stays; sets result
make_room() { result='' && return 1; }
`;

export const KEEP_SUM = `# already_there: whether there is such a file, no link, with its mode or able to get it
already_there() {
  [ -f "$step_destination" ] && [ ! -L "$step_destination" ] &&
    [ "$(sha256sum <"$step_destination" | cut -c 1-64)" = "$step_sha256" ] &&
    { chmod "$step_mode" "$step_destination" 2>/dev/null ||
      [ -n "$(find "$step_destination" -perm "$step_mode")" ]; }
}
already_there &
wait $! && sweep_parts &&
  finish 0 "$step_destination has sha256 $step_sha256 already"
`;

export const KEEP_WANTED = `# What is wanted is there: nothing is asked for.
missing=''
# note_missing PATH: sets missing, if the entry of the top level that it is in is not there
note_missing() {
  inner=$1 stripped=0
  while [ $((stripped += 1)) -le "$step_strip_components" ]; do inner=\${inner#*/}; done
  is_there "$step_folder/\${inner%%/*}" || missing=$1
}
each_wanted note_missing
[ -n "$missing" ] || finish 0 "all of it is in $step_folder already"
`;

export const KNOWN_URL = `url=$step_url scheme=\${step_url%%:*}
# led_to URL: prints where a redirect leads to
led_to() { printf 'redirects to %s' "$(printable "$1")"; }
# words TEXT: prints what curl says
words() { printable "\${1%%"$newline"*}"; }
`;

export const LEAVE_FOLDER_AND_PART = `# The archive is beside the folder in which it is unpacked, which goes with each run.
trap 'status=$?; remove "$new"; rmdir "$old" 2>/dev/null; leave_part "$status"; exit "$status"' EXIT
`;

export const LEAVE_FOLDER = `# What is in the old folder is kept for the next run; it is only where the end was in the way.
trap 'status=$?; remove "$new"; rmdir "$old" 2>/dev/null; exit "$status"' EXIT
`;

export const LEAVE_PART = `trap 'status=$?; leave_part "$status"; exit "$status"' EXIT
[ ! -d "$step_destination" ] || finish 2 "$step_destination is a directory"
`;

export const LEFT_BY_NOBODY = `# sweep_parts: no other pod writes there
sweep_parts() { :; }
`;

export const LEFT_BY_PODS = `# Pods of a version that did not know its sum may have left parts of other names.
sweep "$folder/.\${step_destination##*/}".????????-????-????-????-????????????.part
# sweep_parts: what nobody continues any more, because the file is there
sweep_parts() { sweep "$folder"/.init.????????-????-????-????-????????????.*.part; }
`;

export const LINE_BREAKS = `# A value that ends in a line break is kept as it is, but seldom meant.
names=$(awk 'BEGIN {
  count = split(ENVIRON["step_variables"], name, " ")
  for (i = 1; i <= count; i++) if (ENVIRON["var_" name[i]] ~ /\\n$/) printf " %s", name[i]
}')
[ -z "$names" ] || say "these variables end in a line break:$names"
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

export const LOOK_INTO_BODY = `# look URL: sets said status, and lacks, how the body falls short; needs: of
look() {
  sought=$(variable "step_body$of" | hex)
  if [ -n "$sought" ]; then
    said=$(get_body "$1" 4>&1)
    lacks=\${said##*"$newline"} said=\${said%"$newline"*}
    status=\${lacks%%,*} lacks=\${lacks#*,}
    case \${lacks:+$status} in '' | 0 | 23) ;; *) lacks="what came of $lacks" ;; esac # WRITE_ERROR
    code=\${said##*"$newline"}
    lacks=\${lacks:+"status \${code%%,*}, but $lacks"}
  else
    said=$(get_status "$1")
    status=$? lacks=''
  fi
}
# get_body URL: tells fd 4 what curl says, its status, and how 64 KiB of the body fall short.
# In hexadecimal no byte does harm; each has three characters
get_body() {
  bytes=$(
    {
      trap '' PIPE # head has enough
      get "$1" 2>&4
      printf '\\n%s,' $? >&4
    } | head -c 65536 | hex
  )
  case $bytes in *"$sought"*) return ;; esac
  part='the body lacks'
  [ \${#bytes} -lt 196608 ] || part='its first 64 KiB lack'
  printf "%s '%s'" "$part" "$(printable "$(variable "step_body$of" | head -c 80)")" >&4
}
# hex: prints stdin in hexadecimal, each byte between spaces
hex() { od -An -v -tx1 | tr -s ' \\n' ' '; }
`;

export const LOOK_UP = `# look_up NAME [LIMIT]: sets addresses attempt; fails if there are none
look_up() {
  domains=$(sed -n 's/^search//p' /etc/resolv.conf)
  case $1 in *.) domains='' ;; esac
  case $attempt in *.*) ;; *) left=\${attempt}0 ;; esac
  end=$((elapsed + left))
  for domain in $domains ''; do
    addresses=$(for type in a aaaa; do
      timeout "\${2:-0.2}" nslookup -type="$type" "\${1%.}.$domain"
    done 2>/dev/null | sed -n 's/^Address: //p')
    clock
    [ $((left = end - elapsed)) -gt 0 ] || return
    [ -z "$addresses" ] || break
  done
  [ -n "$addresses" ] && attempt=$((left / 10)).$((left % 10)) known=$result
}
`;

export const LOOK = `# look URL: sets said status
look() {
  said=$(get_status "$1")
  status=$?
}
`;

export const MAKE_FOLDER = `error=$( (umask 022 && mkdir -p "$folder") 2>&1) || {
  trap - EXIT # there is nothing to remove
  finish 1 "cannot make $folder as user $(id -u): \${error##*: }"
}
`;

export const MAKE_ROOM = `# make_room FILE: empties it (the kubelet may hold it), removes it; sets result
make_room() {
  [ -f "$1" ] && [ ! -L "$1" ] && (chmod u+w "$1" && true >"$1" && rm "$1") &&
    result='no room beside the old file: removed'
}
`;

export const NO_AWS_SIGNATURE = `# signature OF: nothing is signed
signature() { :; }
`;

export const NO_BASIC = `# basic: there is no user
basic() { :; }
`;

export const NO_CERTIFICATE = `ca='' pem=''
`;

export const NO_CLIENT_CERTIFICATE = `# client_certificate: there is none
client_certificate() { cert='' key=''; }
# client_fault: there is nothing wrong with it
client_fault() { :; }
`;

export const NO_ENCODE = `# encodings: this template uses none
encodings='function print_encoded(text) { printf "%s", text }'
`;

export const NO_HEADERS = `# headers: there are none
headers() { :; }
`;

export const NO_OPTIONS = `# options ADDRESS: sets address
options() { address=$1; }
`;

export const NO_OWN = `# own FOLDER: nobody is meant
own() { :; }
`;

export const NO_PERMIT = `# permit FOLDER: its mode is right
permit() { :; }
`;

export const NO_REMOVE = `# remove_lost_and_found: it may stay
remove_lost_and_found() { :; }
`;

export const NO_TAKE_OVER = `# take_over: nobody else writes there
take_over() { :; }
`;

export const NO_URL_LINE = `# url_line: curl is told the URL otherwise
url_line() { :; }
`;

export const ONCE = `# once: sets result; needs: address
once() { "try_\${address%%:*}" "$address"; }
try=once
`;

export const ONE_LINE = `# Each variable must be able to stand in a header.
fault=$(awk 'BEGIN {
  for (i = split(ENVIRON["step_variables"], name, " "); i > 0; i--) {
    value = ENVIRON["var_" name[i]]
    if (value == "") print name[i] " has no value"
    if (value ~ /[\\r\\n]/) print name[i] " holds a line break; does its Secret end in one?"
  }
}' | head -n 1)
[ -z "$fault" ] || finish 2 "variable \${fault#[0-9]*_}"
`;

export const ONE_REQUEST = `# The variables of the only request have no number.
of=''
`;

export const OPTIONS_OF_NAMES = `# options [of=OF,]ADDRESS: sets address of
options() {
  address=\${1#of=*,} of=_0
  case $1 in of=*) of=\${1%%,*} of=\${of#of=} ;; esac
}
`;

export const OPTIONS_OF_PARTS = `# options [NAME=VALUE,]...ADDRESS: sets address statuses follow ca pem of; parts are files
options() {
  address=$1 statuses=2xx follow=-L ca='' pem='' of=_0
  while :; do
    value=\${address%%,*} value=\${value#*=}
    case $address in
      status=*) statuses=$value ;;
      follow=*) follow='' ;;
      ca=*) ca=$value ;;
      parts=*) ca=/dev/stdin pem=$(join "$value") ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      of=*) of=$value ;;
      *) return ;;
    esac
    address=\${address#*,}
  done
}
`;

export const OPTIONS = `# options [NAME=VALUE,]...ADDRESS: sets address statuses follow ca pem of
options() {
  address=$1 statuses=2xx follow=-L ca='' pem='' of=_0
  while :; do
    value=\${address%%,*} value=\${value#*=}
    case $address in
      status=*) statuses=$value ;;
      follow=*) follow='' ;;
      ca=*) ca=$value ;;
      pem=*) ca=/dev/stdin pem=$(awk 'BEGIN { print ENVIRON[ARGV[1]] }' "$value") ;;
      of=*) of=$value ;;
      *) return ;;
    esac
    address=\${address#*,}
  done
}
`;

export const OWN_ALL = `# own_all FOLDER: all below it that has another owner, so that the next run goes on where one stops
own_all() {
  say "giving all in $1 to $step_owner"
  error=$(others "$1" -exec chown -h "$step_owner" {} + 2>&1)
  clock
  [ "$elapsed" -lt "\${step_timeout}0" ] ||
    finish 124 "gave up after $step_timeout s: not all in $1 belongs to $step_owner yet"
  # what the app of another pod has removed meanwhile is an error, too
  [ -z "$error" ] || [ -z "$(others "$1" 2>&1 | head -n 1)" ] ||
    fail "give all in $1 to $step_owner"
}
# others FOLDER [ACTION...]: finds what is below it and has another owner, until time is over
others() {
  user=\${step_owner%:*} group=\${step_owner#*:} top=$1
  [ "$group" != "$step_owner" ] || group=''
  shift
  clock
  timeout $((step_timeout - elapsed / 10 + 1)) find "$top" -mindepth 1 \\
    \\( ! -user "$user" \${group:+-o ! -group "$group"} \\) "$@"
}
# leave_all: says that the owners below are not known; sets unseen
leave_all() { unseen='; what is in it was not looked at'; }
`;

export const OWN_FOLDER = `# own_all FOLDER: only the folder itself is meant
own_all() { :; }
# leave_all: nothing is to be said of them
leave_all() { :; }
`;

export const OWN = `# own FOLDER: gives it to step_owner. It comes last: a run that is stopped before it is noticed
own() {
  was=$(owner_of "$1")
  if [ "$was" = "$step_owner" ]; then
    leave_all
    return
  fi
  own_all "$1"
  error=$(chown -h "$step_owner" "$1" 2>&1) || fail "give $1 to $step_owner"
  [ "$(owner_of "$1")" = "$step_owner" ] ||
    finish 1 "cannot give $1 to $step_owner: its file system keeps $was; see its mount options"
  changes="$changes, given to $step_owner (was $was)"
}
# owner_of FOLDER: prints what step_owner names, user or user:group
owner_of() {
  case $step_owner in
    *:*) stat -c %u:%g "$1" ;;
    *) stat -c %u "$1" ;;
  esac
}
`;

export const PART_OF_POD = `# Other pods may write the same file, each to a part of its own; where a version knew its sum, to
# one of another name.
part=$folder/.\${step_destination##*/}.$step_pod.part
sweep "$folder/.\${step_destination##*/}".????????-????-????-????-????????????.part \\
  "$folder"/.init.????????-????-????-????-????????????.*.part
`;

export const PART_OF_SUM = `# What has come has a name with the pod, the step and the sum that it will have.
own=$folder/.init.$step_pod.$0 part=$folder/.init.$step_pod.$0.$step_sha256.part
# leave_part STATUS: keeps it where time is over or the step is stopped: the next run continues it
leave_part() {
  case $1 in
    124 | 143) [ -s "$part" ] || rm -f "$part" ;;
    *) rm -f "$part" ;;
  esac
}
`;

export const PERMIT = `# permit FOLDER: gives it step_mode; adds to changes
permit() {
  was=$(stat -c %a "$1")
  [ "$was" != "$step_mode" ] || return 0
  # two digits more: else chmod of coreutils keeps setgid
  error=$(chmod "00$step_mode" "$1" 2>&1) || fail "give $1 mode $step_mode"
  [ "$(stat -c %a "$1")" = "$step_mode" ] ||
    finish 1 "cannot give $1 mode $step_mode: its file system keeps $was; see its mount options"
  changes="$changes, mode $step_mode (was $was)"
}
`;

export const PREPARE_VOLUME = `# fail WHAT: ends, because it could not be done; needs: error
fail() {
  why=\${error##*: } why=\${why:-no reason given}
  case $why in
    *'not permitted'* | *enied*) why="$why to user 0; does an NFS server squash root?" ;;
  esac
  finish 1 "cannot $1: $why"
}
# make FOLDER: if it is missing. A link might lead out of the volume; adds to changes
make() {
  [ -d "$1" ] || changes="$changes, made"
  error=$(mkdir -p "$1" 2>&1) || fail "make $1"
  [ "$(cd "$1" && pwd -P)" = "$1" ] || finish 1 "$1 is or lies behind a link, which is not followed"
}
# prepare FOLDER: makes it what it should be; what it is already, it is left
prepare() {
  changes='' unseen=''
  make "$1"
  own "$1"
  permit "$1"
  changes=\${changes:-, right already}
  say "$1: \${changes#, }$unseen"
}
# prepare_all FOLDER...
prepare_all() {
  remove_lost_and_found
  for folder in "$@"; do prepare "$folder"; done
  finish 0 "prepared $*"
}
# progress: sets reached
progress() { reached='still preparing'; }
`;

export const PRINTABLE = `newline='
'
# printable TEXT: prints its beginning, without control characters
printable() { printf '%.200s' "$1" | tr -d '\\000-\\037\\177'; }
`;

export const PRODUCE_EXPANDED = `# produce KIND SOURCE: prints it, and replaces the variables of texts and templates
produce() {
  case $1 in
    text) printf '%s.' "$2" | expand ;;
    template) { cat "$2" && printf .; } | expand ;;
    *) cat "$2" ;;
  esac
}
# require_source KIND SOURCE: ends if a template is no text
require_source() { [ "$1" != template ] || require_text "$2"; }
`;

export const PRODUCE_PARTS_EXPANDED = `# produce KIND SOURCE: prints it, and replaces the variables of texts and templates
produce() {
  case $1 in
    text) printf '%s.' "$2" | expand ;;
    template*) { join "$2" && printf .; } | expand ;;
    parts) join "$2" ;;
    *) cat "$2" ;;
  esac
}
# require_source KIND SOURCE PATH: ends if a template is no text
require_source() {
  case $1 in *parts) say_left_out "$2" "$3" ;; esac
  case $1 in
    template*)
      for piece in $2; do
        [ ! -e "$piece" ] || require_text "$piece"
      done
      ;;
  esac
}
`;

export const PRODUCE_PARTS = `# produce KIND SOURCE: prints it
produce() {
  case $1 in
    text) printf %s "$2" ;;
    parts) join "$2" ;;
    *) cat "$2" ;;
  esac
}
# require_source KIND SOURCE PATH: any will do
require_source() { [ "$1" != parts ] || say_left_out "$2" "$3"; }
`;

export const PRODUCE = `# produce KIND SOURCE: prints it
produce() { if [ "$1" = text ]; then printf %s "$2"; else cat "$2"; fi; }
# require_source KIND SOURCE: any will do
require_source() { :; }
`;

export const READ_JSON = `# rules: those of awk, which read JSON, a document in one line or in several. What is in a container
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
      count = split(rest substr(line, i, 65536), piece, "\\"")
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
    if (tracks[depth] && length(text) < 4096) text = substr(text piece "\\"", 1, 4096)
    if (!escapes(piece)) {
      quoted = 0
      string(substr(text, 1, length(text) - 1))
    }
  }
  # escapes: whether a text ends in an odd number of backslashes
  function escapes(text, size, count) {
    size = length(text)
    while (size - count > 15 && substr(text, size - count - 15, 16) == backslashes) count += 16
    while (count < size && substr(text, size - count, 1) == "\\\\") count++
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
    gsub(/\\r/, " ", spaced)
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
    count = split(text, part, /\\\\/)
    all = part[1]
    for (i = 2; i <= count; i++) {
      if (part[i] == "") all = all "\\\\" part[++i]
      else if (part[i] !~ /^u/) {
        if (part[i] !~ /^["\\/bfnrt]/) wrong = 1
        all = all (part[i] ~ /^["\\/]/ ? substr(part[i], 1, 1) : " ") substr(part[i], 2)
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
    backslashes = "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"
    backslashes = backslashes backslashes
    number = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?$"
    begin()
  }
  { feed($0) }
  broken { exit }'
`;

export const RELAY = `line_break='
'
# relay NAME: logs what the command prints and how each try of it ends; ends with the step
relay() {
  trap '' TERM INT QUIT
  start=$step_start tries=0 last='' empty='' reason='not tried'
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      "$step_mark "*) heard "$1" "\${line#* }" ;;
      '') empty=$line_break ;;
      *) printf '%s%s\\n' "$empty" "$line" >&2 && last=$line empty='' ;;
    esac
  done
  exit 143
}
# heard NAME WORDS: what try_again tells; sets reason; needs: last (line that was printed)
heard() {
  clock
  spent="$((elapsed / 10)) s of $step_seconds s"
  said=$(printf '%.200s' "\${last:+: $last}" | tr -d '\\000-\\037\\177')
  [ "$2" = over ] || tries=$((tries + 1))
  case $2 in
    stopped) finish 143 'stopped by a signal' ;;
    over) finish 124 "gave up: $reason (attempt $tries), $spent" ;;
    'end 0') finish 0 "$1: done (attempt $tries), $spent" ;;
    end*) finish "\${2#end }" "$1: exit code \${2#end }, which is final$said" ;;
    late*) reason="$1: did not end in \${2#late } s$said" ;;
    failed*) reason="$1: exit code \${2#failed }$said" ;;
  esac
  say "$reason (attempt $tries), $spent"
  last='' empty=''
}
`;

export const REMOVE_LOST_AND_FOUND = `# remove_lost_and_found: what fsck has found is somebody's data, and stays
remove_lost_and_found() {
  [ -d /volume/lost+found ] || return 0
  error=$(rmdir /volume/lost+found 2>&1) || fail 'remove /volume/lost+found'
  say 'removed /volume/lost+found'
}
`;

export const REPLACE_ENTRY = `# is_kept PATH: what is there is replaced
is_kept() { return 1; }
# place PATH: a file takes the place of a file at once, all else that is there goes away before, and
# comes back if the new one cannot come. It is tried again if another pod was faster; needs: into
place() {
  name=\${1##*/}
  for try in 1 2 3 4 5; do
    [ -d "$into/$name" ] || [ -d "$1" ] || { move "$1" "$into/" && break; }
    ! is_there "$into/$name" || move "$into/$name" "$old/" || continue
    move "$1" "$into/" && break
    ! is_there "$old/$name" || put_back "$old/$name"
  done
  ! is_there "$1" || fail "replace $into/$name"
  placed=$((placed + 1))
}
`;

export const REQUEST = `# request [OPTION...]: one attempt; ends with where it was led, and the facts; needs: url scheme
# family extra there resume
request() {
  facts="%{http_code}:%{ssl_verify_result}:%{http_connect}$extra,r=%header{retry-after}"
  ulimit -f $((step_max_size / 512 + 1))
  ask -q -sSfLg -o "$part" -w "\\\\n%{num_redirects} %{url_effective}\\\\n$facts" \\
    \${url:+--url "$url"} --proto "=https,$scheme" \${family:+"$family"} \${resume:+"$resume"} \\
    --max-time $((left / 10)).$((left % 10)) --max-filesize $((step_max_size - there + 1)) \\
    --connect-timeout 5 --speed-limit 1 --speed-time $((step_timeout / 2 + 1)) "$@"
}
`;

export const REQUIRE_LENGTH = `# require_length: an answer of HTTP/1 that tells none may have lost its end; needs: facts
require_length() {
  case $facts in
    *,1*,l=,t=,*) finish 1 "$shown: is it whole? It tells no length; give sha256" ;;
  esac
}
`;

export const REQUIRE_TEXT = `# require_text FILE: ends if it is none
require_text() {
  { bytes=$(wc -c <"$1"); } 2>/dev/null || finish 2 "cannot read template $1"
  [ "$(tr -d '\\000' <"$1" | wc -c)" -eq "$bytes" ] ||
    finish 2 "template $1 is no text: it holds NUL characters; is it UTF-16?"
}
`;

export const RETRY = `# retry SHOWN TRY: until TRY sets result to up, or time is over
retry() {
  tries=0 told='' result='' line="$1: not tried"
  while clock && [ $((left = \${step_timeout}0 - elapsed)) -gt 0 ]; do
    attempt=$((elapsed / 50 + 1)) known='' wanted=0 tries=$((tries + 1))
    [ $attempt -lt "$step_attempt_timeout" ] || attempt=$step_attempt_timeout
    [ $left -ge "\${attempt}0" ] || attempt=$((left / 10)).$((left % 10)) known=$result
    "$2" "$1"
    clock
    line="$1: $result (attempt $tries), $((elapsed / 10)) s of $step_timeout s"
    [ "$result" != up ] || finish 0 "$line"
    beat=$((elapsed / T))
    if [ "$result$beat" != "$told" ] && [ $lines -le $beat ]; then
      say "$line"
      told=$result$beat lines=$((lines + 1))
    fi
    rest
  done
  finish 124 "gave up: $line"
}
# rest: a tenth of the time so far, by chance less, or what a server wanted; until the deadline
rest() {
  pause=$((elapsed / 10)) left=$((\${step_timeout}0 - elapsed)) chance=0
  [ "$pause" -gt "$first" ] || pause=$first
  [ "$pause" -lt "$step_poll_interval" ] || pause=$step_poll_interval
  { read -r chance </proc/sys/kernel/random/uuid; } 2>/dev/null
  pause=$((pause - (pause * 0x\${chance%"\${chance#?}"} + 75) / 150))
  [ "$pause" -ge "$wanted" ] || pause=$wanted
  [ "$pause" -lt "$left" ] || pause=$((left > 0 ? left : 0))
  sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $line"
}
T=45 lines=-2 first=1
`;

export const RUN_AGAIN = `# usage: SECONDS LIMIT INTERVAL FINAL COMMAND... FINAL are exit codes, with blanks between. The
# command finds the variables that the user set: none but step_... is assigned where it runs.
# What it prints goes through a pipe to relay, which knows our own lines by a mark.
step_seconds=$1 step_limit=$2 step_interval=$3 step_final=$4
shift 4
step_start=$(start=0 && clock && echo "$elapsed")
read -r step_mark </proc/sys/kernel/random/uuid
# step_left: prints how many seconds are left; 0: none
step_left() (start=$step_start && clock && echo $((step_seconds - elapsed / 10)))
# step_tell WORDS: prints them for relay, on a line of their own
step_tell() { printf '\\n%s %s\\n' "$step_mark" "$*"; }
# step_stopped: lets the command end, and tells that it is over; needs: step_pid
step_stopped() {
  {
    $step_kill "$step_pid"
    wait "$step_pid"
  } 2>/dev/null
  step_tell stopped
  exit
}
# try_again COMMAND...: runs it until it ends with 0 or a final code, or time is over
try_again() {
  trap step_stopped TERM INT QUIT
  while step_before=$(step_left 0) && [ "$step_before" -gt 0 ]; do
    step_most=$step_before
    [ "$step_most" -lt "$step_limit" ] || step_most=$step_limit
    bounded "$step_most" "$@" 2>&1 &
    step_pid=$!
    { wait "$step_pid"; } 2>/dev/null # some shells say how it ended
    step_ended $? || return
    [ "$step_after" -lt "$step_interval" ] || step_after=$step_interval
    [ "$step_after" -le 0 ] || sleep "$step_after"
  done
  step_tell over
}
# step_ended STATUS: tells how a try ended; sets step_after (seconds left); fails if it was the last
step_ended() {
  [ "$1" -lt 384 ] || set -- $(($1 - 256)) # yash adds 384 to a signal, others 128
  step_after=$(step_left 0)
  case $1 in
    124 | 137 | 143)
      [ $((step_before - step_after)) -lt "$step_most" ] || set -- late "$step_most"
      ;;
  esac
  case " 0 $step_final " in
    *" $1 "*) step_tell end "$1" && return 1 ;;
  esac
  [ $# = 2 ] || set -- failed "$1"
  step_tell "$@"
}
# kill 0 reaches the whole process group, to which relay belongs, and what runs under timeout of
# busybox; timeout of others makes a group of its own.
case $(timeout --help 2>&1) in
  *BusyBox*) step_kill=: ;;
  *) step_kill='kill' ;;
esac
trap 'trap "" TERM; kill 0; wait; exit 143' TERM INT QUIT
try_again "$@" | relay "$1" &
wait $!
`;

export const RUN_BOUNDED_END = `wait $!
status=$?
clock
[ "$elapsed" -lt "\${1}0" ] || finish 124 "gave up after $1 s: $2 did not end"
exit "$status"
`;

export const RUN_BOUNDED = `# usage: SECONDS COMMAND... It finds the variables that the user set: none is assigned before it
# runs. As process 1 timeout of busybox never fires, so it runs in the background.
trap 'kill $!; wait $!; finish 143 "stopped by a signal"' TERM INT QUIT
bounded "$@" &
`;

export const SAY_LEFT = `# say_left: whether to log what nobody declared
say_left=1
`;

export const SEND_AS = `# send: asks for it; headers and certificates come by pipes: arguments can be read. Its first line
# is the cause, its last one has the facts
send() {
  said=$({ headers '' && basic ''; } | {
    printf '%s\\n' "$pem" | request --max-redirs "$step_max_redirects" -H @/dev/fd/3 \\
      \${ca:+--cacert "$ca"} \${cert:+--cert "$cert" --key "$key"}
  } 3<&0 2>&1)
  status=$?
  client_fault "$status"
  printf '%s\\n' "$said"
  return "$status"
}
client_certificate ''
`;

export const SEND_ONCE = `# send: asks for it, and follows no redirect
send() { request --max-redirs 0; }
`;

export const SEND_PLAIN = `# send: asks for it
send() { request --max-redirs 10; }
`;

export const SEND = `# send: headers and certificates come by pipes: arguments can be read
send() {
  headers '' | {
    printf '%s\\n' "$pem" | request --max-redirs "$step_max_redirects" \\
      \${ca:+--cacert "$ca"} -H @/dev/fd/3
  } 3<&0
}
`;

export const SHOW = `# show ADDRESS: sets shown, what is said of it. What is behind its ? may be a secret
show() {
  shown=\${1%%\\?*}
  [ \${#shown} -le 500 ] || shown=$(printf '%.500s...' "$shown")
}
`;

export const START_ARCHIVE = `# progress: sets reached; other pods see that this one is at work
progress() {
  touch -c "$new" "$old"
  reached="$(($(wc -c <"$part"))) bytes of $shown"
}
begin_folder
mkdir "$root" && true >>"$part"
`;

export const START_CLOCK = `start=0 && clock && start=$elapsed
`;

export const START_CLONE = `say "cloning $shown, at most $step_timeout s"
begin_folder
ulimit -f $((step_max_size * 2 + 1)) # in half KiB
`;

export const START_DOWNLOAD = `shown=\${step_url%%\\?*}
say "downloading $shown, at most $step_timeout s"
`;

export const START_PREPARE = `prepare_all "$@" &
`;

export const START = `retry "$shown" "$try" &
`;

export const STILL_COPYING = `# The log is never silent for more than ten seconds, and other pods see that this one is at work.
while sleep 10 2>/dev/null; do
  say 'still copying'
  touch -c "$new" "$old" 2>/dev/null
done &
`;

export const STILL_WAITING = `# progress: sets reached
progress() { reached='still waiting'; }
`;

export const STOP_ALL = `trap 'trap "" TERM; kill 0; finish 143 "stopped by a signal"' TERM INT QUIT
`;

export const SWEEP_FOLDER = `# What an earlier version left of an archive
find "$step_folder"/.init.????????-????-????-????-????????????.*.part -prune -type f -mmin +60 \\
  -exec rm -f {} + 2>/dev/null
`;

export const SWEEP_KEPT = `[ ! -f "$step_destination" ] || sweep_parts
`;

export const SWEEP = `# sweep FILE...: removes those that nobody has touched for an hour, because their pods are gone;
# what belongs to others may have to stay
sweep() {
  for left in "$@"; do
    [ ! -f "$left" ] || [ -z "$(find "$left" -mmin +60)" ] || rm -f "$left" || :
  done 2>/dev/null
}
`;

export const TAKE_OVER = `# What another pod has left is continued, too; that one may still write, so it is copied. Removed is
# what this step no longer wants, and what nobody has touched for an hour.
# take_over: makes part of the longest that is left; needs: folder own part
take_over() {
  for found in "$folder"/.init.????????-????-????-????-????????????.*.part; do
    case $found in
      "$part") continue ;;
      "$own".*) rm -f "$found" ;;
      *".$step_sha256.part") ! is_longer "$found" || cp "$found" "$part" ;;
    esac
    sweep "$found"
  done
}
# is_longer FILE: than the part, and not too long
is_longer() {
  [ -f "$1" ] && [ ! -L "$1" ] && bytes=$(($(wc -c <"$1"))) &&
    [ "$bytes" -le "$step_max_size" ] && [ "$bytes" -gt $(($(wc -c <"$part"))) ]
}
`;

export const TALK = `newline='
'
# talk ADDRESS BYTES REPLY: says BYTES, and REPLY when something has come; sets answer, as od -c
# writes it; fails and sets result if there is none
talk() {
  aim "$1" || return 1
  said=$newline$(exchange "$host" "$port" "$2" "$3" 3>&1)
  answer=" \${said#*"$newline "}"
  answer=\${answer%%"$newline"*}
  case $said in
    *"$newline "*) return 0 ;;
    *' open'*"$newline"[01])
      result='closed without an answer; another protocol, TLS, or a proxy without a server?'
      ;;
    *' open'*) result=\${known:-"accepted, but no answer in $attempt s"} ;;
    *) why_not "\${said##*"$newline"}" ;;
  esac
  return 1
}
# exchange HOST PORT BYTES REPLY: prints the exit status of nc, and the first 4 KiB that come.
# Half of the time nothing is closed before: some servers answer nobody who has ended his side
exchange() {
  {
    sleep $((\${attempt%.*} / 2)).5 &
    echo $! && printf "$3" && wait
    printf "$4"
  } 2>/dev/null | {
    read -r holder
    echo "$holder"
    timeout "$attempt" nc -v "$1" "$2" 2>&3 3>&-
    echo $? >&3
  } 2>/dev/null | {
    read -r holder
    {
      dd bs=1 count=1 && kill "$holder"
      dd bs=1 count=4095
    } 2>/dev/null | od -An -v -c -w4096
  }
}
# text ANSWER: prints what of it is text, 80 characters at most
text() {
  printf '%.320s\\n' "$1" |
    sed 's/ [0-7]\\{3\\}//g; s/  \\\\[0abfnrtv]//g; s/   \\(.\\)/\\1/g; s/^$/no reason given/'
}
# mistake: sets result, who answers so; needs: answer
mistake() {
  result='speaks something else'
  case $answer in
    ' 025 003'*) result='wants TLS' ;;
    '   H   T   T   P   /'*) result="$result: HTTP?" ;;
    '   S   S   H   -'*) result="$result: SSH?" ;;
    '   A   M   Q   P'*) result="$result: AMQP?" ;;
    '   E  \\0  \\0'*) result="$result: PostgreSQL?" ;;
    ????????'  \\0  \\0  \\n'*) result="$result: MySQL?" ;;
  esac
}
`;

export const TEMPLATE_FILE = `# template: with its variables replaced
template() { { cat "$step_template_file" && printf .; } | expand; }
require_text "$step_template_file"
`;

export const TEMPLATE_PARTS = `# template: with its variables replaced
template() { { join "$step_template_parts" && printf .; } | expand; }
say_left_out "$step_template_parts" 'the template'
for piece in $step_template_parts; do
  [ ! -e "$piece" ] || require_text "$piece"
done
`;

export const TEMPLATE_TEXT = `# template: with its variables replaced
template() { printf '%s.' "$step_template" | expand; }
`;

export const TRUST_CERTIFICATES = `# trust [KIND SOURCE NAME]...: writes what the image trusts, and these certificates behind it
trust() {
  find_trusted
  each_source require_certificates "$@"
  fill "$part" print_all "$@" || without_old trust "$@"
  end_file
  many=$(grep -c "BEGIN .*CERTIFICATE-" "$step_destination")
  finish 0 "wrote $step_destination: $many certificates"
}
# find_trusted: sets trusted, the bundle of the image, where Alpine, Debian, Red Hat or SUSE have it
find_trusted() {
  for trusted in /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/cert.pem \\
    /etc/ssl/ca-bundle.pem; do
    [ ! -s "$trusted" ] || return 0
  done
  finish 2 'the image trusts nobody: it has no /etc/ssl/certs/ca-certificates.crt or the like'
}
# each_source FUNCTION [KIND SOURCE NAME]...: calls it with each, but an optional one that is
# missing, which is said the first time
each_source() {
  call=$1
  shift
  while [ $# -gt 0 ]; do
    if [ "$1" != optional ] || [ -s "$2" ]; then
      "$call" "$1" "$2" "$3"
    elif [ "$call" = require_certificates ]; then
      say "$3 is not there: left out"
    fi
    shift 3
  done
}
# require_certificates KIND SOURCE NAME: ends if it is something else than certificates in PEM form
require_certificates() {
  produce "$1" "$2" | awk '
    { sub(/\\r$/, "") }
    /PRIVATE KEY-----/ { secret = 1 }
    /^-----BEGIN (TRUSTED )?CERTIFICATE-----/ { wrong += inside; inside = 1; body = ""; next }
    /^-----END (TRUSTED )?CERTIFICATE-----/ { wrong += body !~ /^MI/; inside = 0; count++; next }
    inside && !/^[A-Za-z0-9+\\/=]+$/ { wrong++ }
    inside { body = body $0 }
    END { exit secret ? 3 : wrong + inside > 0 || count == 0 }'
  case $? in
    0) ;;
    3) finish 2 "$3 holds a private key, which nobody else may see" ;;
    *) finish 2 "$3 holds no certificates in PEM form" ;;
  esac
}
# print_all [KIND SOURCE NAME]...: prints the bundle and these
print_all() {
  cat "$trusted" && echo && each_source print_one "$@"
}
# print_one KIND SOURCE NAME: with a line break behind it
print_one() { produce "$1" "$2" && echo; }
where=''
trust "$@" &
wait $!
`;

export const TRY_AMQP = `# try_amqp amqp://HOST:PORT: sets result, up if Connection.Start (10, 10) comes after the header.
try_amqp() {
  talk "$1" 'AMQP\\0\\0\\011\\001' '' || return
  case $answer in
    ' 001  \\0  \\0'????????????????'  \\0  \\n  \\0  \\n'*) result=up ;;
    '   A   M   Q   P'*) result='speaks another version of AMQP' ;;
    *) mistake ;;
  esac
}
`;

export const TRY_CASSANDRA = `# try_cassandra cassandra://HOST:PORT: sets result, up if SUPPORTED (6) answers OPTIONS (5).
try_cassandra() {
  talk "$1" '\\004\\0\\0\\0\\005\\0\\0\\0\\0' '' || return
  case $answer in
    ' 20'[1-7]'  \\0  \\0  \\0 006'*) result=up ;;
    ' 20'[1-7]????????????'  \\0'*) # ERROR: a head of 9 bytes, a number of 4, a length of 2, a text
      answer=\${answer#????????????????????????????????????}
      result="refused: $(text "\${answer#????????????????????????}")"
      ;;
    *) mistake ;;
  esac
}
`;

export const TRY_DNS = `# try_dns dns:NAME: sets result. nslookup asks otherwise than programs do: a short name never
# resolves. nc that connects *from* NAME resolves it as they do, and then cannot bind to it
try_dns() {
  { said=$(timeout "$attempt" nc -z -s "\${1#dns:}" 127.0.0.1 1 2>&1); } 2>/dev/null
  case $?:$said in
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    0:* | 1: | 1:*bind* | 1:*assign*) enough "\${1#dns:}" ;;
    127:*) finish 2 'no nc or timeout' ;;
    *) result=\${known:-"no answer in $attempt s; a NetworkPolicy that stops DNS?"} ;;
  esac
}
`;

export const TRY_HTTP_AS = `# try_http URL: sets result by status and body; needs: attempt left known
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "\${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  [ -z "$family" ] || known=$result
  client_certificate "$of"
  look "$1"
  fault=$(client_fault "$status")
  [ -z "$fault" ] || finish 2 "$fault"
  read_facts "\${said##*"$newline"}"
  judge
}
# get URL OPTION...: one attempt; headers and certificates come by pipes: arguments can be read. The
# last line has the facts; needs: answer attempt follow family ca pem cert key of
get() {
  { headers "$of" && basic "$of"; } | {
    printf '%s\\n' "$pem" | ask -q -sSg -w "%{stderr}\\\\n$format" -H @/dev/fd/3 \\
      --connect-timeout "$attempt" --max-time "$answer" --max-redirs 10 --proto "=https,\${1%%:*}" \\
      \${follow:+"$follow"} \${family:+"$family"} \${ca:+--cacert "$ca"} \\
      \${cert:+--cert "$cert" --key "$key"} --url "$@"
  } 3<&0
}
# get_status URL: the same. Of a body one byte is waited for (--max-filesize): it may never end
get_status() { get "$1" -o /dev/null --max-filesize 1 2>&1; }
# try_https URL: the same
try_https() { try_http "$1"; }
`;

export const TRY_HTTP = `# try_http URL: sets result by the status; needs: attempt left known
try_http() {
  answer=$step_attempt_timeout
  [ "$left" -ge "\${answer}0" ] || answer=$((left / 10)).$((left % 10)) known=$result
  [ -z "$family" ] || known=$result
  said=$(get "$1" 2>&1)
  status=$?
  read_facts "\${said##*"$newline"}"
  judge
}
# get URL: one attempt. Of a body no more than its first byte is waited for (--max-filesize): it may
# never end. The last line has the facts; needs: answer attempt follow family ca pem
get() {
  printf '%s\\n' "$pem" | curl -q -sSg -o /dev/null -w "\\\\n$format" --url "$1" --max-filesize 1 \\
    --connect-timeout "$attempt" --max-time "$answer" --max-redirs 10 \\
    --proto "=https,\${1%%:*}" \${follow:+"$follow"} \${family:+"$family"} \${ca:+--cacert "$ca"}
}
# try_https URL: the same
try_https() { try_http "$1"; }
`;

export const TRY_KAFKA = `# try_kafka kafka://HOST:PORT: sets result, up if ApiVersions is answered, and Metadata of no topic
# does not end with controller -1. A broker that wants SASL closes instead of the latter.
try_kafka() {
  talk "$1" "$requests" '' || return
  case $answer in
    *' 377 377 377 377  \\0  \\0  \\0  \\0') result='no controller' ;;
    ????????????????'  \\0  \\0  \\0 001  \\0  \\0  \\0  \\0'*) result=up ;;
    *) mistake ;;
  esac
}
requests='\\0\\0\\0\\012\\0\\022\\0\\0\\0\\0\\0\\001\\377\\377'
requests="$requests"'\\0\\0\\0\\016\\0\\003\\0\\001\\0\\0\\0\\002\\377\\377\\0\\0\\0\\0'
`;

export const TRY_MONGODB = `# try_mongodb mongodb://HOST:PORT: sets result, up if the answer to hello, an OP_MSG, names a
# primary, a secondary or a router.
try_mongodb() {
  talk "$1" "$hello" '' || return
  case $answer in
    ????????????????????????????????????????????????' 335  \\a  \\0  \\0'*) ;;
    *) mistake && return ;;
  esac
  case $answer in
    *"$primary"*) result=up ;;
    *'  \\b   s   e   c   o   n   d   a   r   y  \\0 001'*) result=up ;;
    *'   m   s   g  \\0  \\t  \\0  \\0  \\0   i   s   d   b   g   r   i   d  \\0'*) result=up ;;
    *) result='neither primary nor secondary' ;;
  esac
}
primary='  \\b   i   s   W   r   i   t   a   b   l   e   P   r   i   m   a   r   y  \\0 001'
hello='\\064\\0\\0\\0\\001\\0\\0\\0\\0\\0\\0\\0\\335\\007\\0\\0\\0\\0\\0\\0\\0\\037\\0\\0\\0'
hello="$hello"'\\020hello\\0\\001\\0\\0\\0\\002\\044db\\0\\006\\0\\0\\0admin\\0\\0'
`;

export const TRY_MYSQL = `# try_mysql mysql://HOST:PORT: sets result, by whether a greeting comes (10) or an error (255). That
# is replied to as by an unknown user, for a server blocks the host of who goes without a word.
try_mysql() {
  talk "$1" '' "$log_in" || return
  case $answer in
    ????????'  \\0  \\0  \\n'*) result=up ;;
    ????????'  \\0  \\0 377 020 004'* | ????????'  \\0  \\0 377 263 004'*)
      result='too many connections' # 1040 1203
      ;;
    ????????'  \\0  \\0 377   i 004'*) result='host is blocked' ;; # 1129
    ????????'  \\0  \\0 377'*) result="refused: $(text "\${answer#????????????????????????????}")" ;;
    *) mistake ;;
  esac
}
log_in='\\110\\0\\0\\001\\001\\202\\010\\0\\0\\0\\0\\001\\010\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'
log_in="$log_in"'wait-for-service\\0\\0mysql_native_password\\0\\0\\0\\0\\003'
`;

export const TRY_POSTGRES = `# try_postgres postgres://HOST:PORT: sets result, by the answer to a StartupMessage: a request for a
# password (R), or an error (E) of another code than 57P01, 57P02 and 57P03.
try_postgres() {
  talk "$1" '\\0\\0\\0\\051\\0\\003\\0\\0user\\0postgres\\0database\\0postgres\\0\\0' '' || return
  case $answer in
    '   R  \\0  \\0  \\0'*) result=up ;;
    '   E  \\0  \\0'*'  \\0   C   5   7   P   0   '[123]'  \\0'*)
      result='starting up'
      case $answer in *'   s   h   u   t'*) result='shutting down' ;; esac
      ;;
    '   E  \\0  \\0'*'  \\0   C   '?'   '?'   '?'   '?'   '?'  \\0'*) result=up ;;
    *) mistake ;;
  esac
}
`;

export const TRY_REDIS = `# try_redis redis://HOST:PORT: sets result, by the answer to PING; QUIT lets the server close.
try_redis() {
  talk "$1" '*1\\r\\n\\0444\\r\\nPING\\r\\n' '*1\\r\\n\\0444\\r\\nQUIT\\r\\n' || return
  case $answer in
    '   +   P   O   N   G  \\r  \\n'*) result=up ;;
    '   -   N   O   A   U   T   H    '* | '   -   N   O   P   E   R   M    '*) result=up ;;
    '   -   L   O   A   D   I   N   G    '*) result='loading the dataset' ;;
    '   -   M   A   S   T   E   R   D   O   W   N    '*) result='no link to its master' ;;
    '   -   B   U   S   Y    '*) result='busy with a script' ;;
    '   -   E   R   R       m   a   x    '*) result='too many connections' ;;
    '   -   '[A-Z]*'  \\r  \\n'*) result="refused: $(text "\${answer%%'  \\r'*}")" ;;
    *) mistake ;;
  esac
}
`;

export const TRY_TCP = `# try_tcp tcp://HOST:PORT: sets result, up if it connects, and the connection stays for 0.1 s more
try_tcp() {
  aim "$1" || return 0
  begun=$elapsed
  { said=$(timeout "$attempt" nc -z "$host" "$port" 2>&1); } 2>/dev/null
  status=$?
  clock
  took=$((elapsed - begun + 2))
  case $status in
    0) hold $((took / 10)).$((took % 10)) ;;
    *) why_not "$status" ;;
  esac
}
`;

export const TRY_TLS = `# try_tls tls://HOST:PORT: sets result, up if a handshake succeeds; needs: attempt known
try_tls() {
  case $result in up*) ;; *) choose "$1" ;; esac
  case $host in *:*) said="[$host]" ;; *) said=$host ;; esac
  said=$(shake_hands "https://$said:$port" 2>&1)
  status=$? facts=\${said##*"$newline"}
  verdict=\${facts#*,}
  case $status:\${facts%,*} in
    28:0.000000) why_not 28 ;;
    *:0.000000 | *: | *[!0-9:.]*) explain "$status" https: ;;
    *) result=up ;; # the time of the handshake
  esac
}
# shake_hands URL: says QUIT behind the handshake, at which servers close; needs: attempt ca pem
shake_hands() {
  if [ -n "$ca" ]; then set -- "$1" --cacert "$ca"; else set -- "$1" -k; fi
  printf '%s\\n' "$pem" | curl -q -sSg -o /dev/null -w '\\n%{time_appconnect},%{ssl_verify_result}' \\
    --noproxy '*' --http1.1 --no-alpn -X QUIT -H Host: -H Accept: -A '' --max-filesize 1 \\
    --max-time "$attempt" --url "$@"
}
`;

export const UNPACK_TAR_GZ = `# content: prints what would be unpacked
content() { timeout "$seconds" gunzip -c <"$part"; }
# list: prints what is in it, with permissions
list() { gunzip -c <"$part" | timeout "$seconds" tar -tvf -; }
# unpack: into the current folder
unpack() { gunzip -c <"$part" | timeout "$seconds" tar -xof -; }
`;

export const UNPACK_TAR = `# content: prints what would be unpacked
content() { cat "$part"; }
# list: prints what is in it, with permissions
list() { timeout "$seconds" tar -tvf "$part"; }
# unpack: into the current folder
unpack() { timeout "$seconds" tar -xof "$part"; }
`;

export const UNPACK_ZIP = `# content: prints what would be unpacked, and half a KiB for each file, as tar has it
content() {
  timeout "$seconds" unzip -p "$part"
  unzip -l "$part" | awk '{ printf "%512s", "" }'
}
# list: unzip tells no permissions
list() { :; }
# unpack: into the current folder
unpack() { timeout "$seconds" unzip -q -o "$part"; }
`;

export const URL_FROM = `# known_as SCHEME: sets kind, as what it is asked, and port, where the URL has none
known_as() {
  kind=$1
  case $1 in
    http) port=80 ;;
    https) port=443 ;;
    postgres | postgresql | postgresql+*) kind=postgres port=5432 ;;
    mysql | mariadb | mysql+* | mariadb+*) kind=mysql port=3306 ;;
    redis | valkey) kind=redis port=6379 ;;
    rediss | valkeys) kind=tls port=6379 ;;
    mongodb) port=27017 ;;
    cassandra) port=9042 ;;
    kafka) port=9092 ;;
    amqp) port=5672 ;;
    amqps) kind=tls port=5671 ;;
    tcp) port='' ;;
    mongodb+srv) wrong scheme 'is mongodb+srv; name the hosts in mongodb://' ;;
    *) wrong scheme 'is none that can be asked' ;;
  esac
}
# read_hosts HOSTS: sets hosts, each with its port; needs: port
read_hosts() {
  hosts=''
  IFS=,
  set -f # it may hold a star
  set -- $1
  set +f
  unset IFS
  [ $# -gt 0 ] || wrong host 'is empty'
  for name; do
    case $name in \\[*) host=\${name%%]*}] ;; *) host=\${name%%:*} ;; esac
    name=\${name#"$host"} name=\${name#:}
    check_host "$host"
    check_port "\${name:-$port}"
    hosts=$hosts,$host:\${name:-$port}
  done
  hosts=\${hosts#,}
}
# from_url: sets endpoint: KIND://HOST:PORT,... and of http its path
from_url() {
  value_of URL "step_url_$number"
  case $value in [\\ \\"\\']*) wrong URL 'begins with a blank or a quote' ;; esac
  url=\${value#jdbc:} path=''
  case $url in *://*) ;; *) wrong URL 'holds no ://' ;; esac
  known_as "$(printf '%s' "\${url%%://*}" | tr '[:upper:]' '[:lower:]')"
  url=\${url#*://} rest=\${url%%\\?*} query=\${url#"$rest"}
  case $kind in
    http | https) cut_path ;;
    *) cut_user ;;
  esac
  read_hosts "$rest"
  case $kind:$hosts in http*,*) wrong host 'is more than one' ;; esac
  endpoint=\${endpoint%url:*}$kind://$hosts$path
}
# behind SIGN CODE: ends. What stands before the @ may be a user and a password
behind() { wrong URL "holds an @ behind a $1; write them as %40 and $2"; }
# cut_path: moves the path of http from rest to path, and drops the user. An @ in a query is taken
# behind a = only
cut_path() {
  path=\${rest#"\${rest%%[/#]*}"} rest=\${rest%%[/#]*}
  case $path in
    /*@*) behind / %2F ;;
    *@*) behind '#' %23 ;;
  esac
  case \${query%%=*} in *@*) behind '?' %3F ;; esac
  rest=\${rest##*@} path=\${path%%#*}
  case $path in *[!!-~]*) wrong path 'must be percent-encoded' ;; esac
}
# cut_user: leaves the hosts in rest; sets kind to tls where a handshake is wanted. Many clients
# take a raw @ or / in a password: what stands before the last @ is no host. An @ in a query is
# taken only where it has a user, a password, or the name of an app, as that of Azure
cut_user() {
  case $query in
    *[?\\&]user=* | *[?\\&]password=* | *[?\\&]appName=*) ;;
    *@*) behind '?' %3F ;;
  esac
  rest=\${rest##*@} rest=\${rest%%[/#]*}
  case $kind:$query\\& in
    postgres:* | mysql:* | tcp:*) ;; # TLS begins within their protocol
    *[?\\&]tls=true\\&* | *[?\\&]ssl=true\\&*) kind=tls ;;
  esac
}
`;

export const URL_OF_VARIABLES = `# make_url: step_url with its variables, which may be secret: the log has step_url in its place
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
      if (value ~ /[^!-~]|["\\\\]/) fault = name
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
        print "variable " fault " holds what must be percent-encoded; write \${" fault "|url}"
      else if (all !~ /^https?:\\/\\/[^\\/?#]/) print "the URL is none of http or https"
      else print all ~ /^https/ ? "https" : "http"
    }'
}
url='' scheme=$(check_url "$make_url")
case $scheme in http | https) ;; *) finish 2 "$scheme" ;; esac
# url_line: prints the URL as a line of a config of curl
url_line() { LC_ALL=C awk "$make_url"'BEGIN { printf "url = \\"%s\\"\\n", put_together() }'; }
# led_to URL: it may repeat what is secret
led_to() { printf 'redirects elsewhere'; }
# words TEXT: prints what curl says, if it cannot name the host; needs: status
words() {
  case $1 in
    *'certificate problem: '* | *'verify result: '*) printable "\${1%%"$newline"*}" ;;
    *) printf 'curl ended with %s' "$status" ;;
  esac
}
`;

export const VALUES = `newline='
'
# wrong PART FAULT: ends. What is wrong is named, but not said; needs: number
wrong() { finish 2 "$1 of endpoint $number $2"; }
# value_of PART VARIABLE: sets value
value_of() {
  value=$(awk 'BEGIN { printf "%s.", ENVIRON[ARGV[1]] }' "$2")
  value=\${value%.}
  case $value in
    '') wrong "$1" 'is empty' ;;
    *"$newline"*) wrong "$1" 'holds a line break; does its Secret end in one?' ;;
  esac
}
# check_host HOST: ends if it is neither a name nor an address, in brackets one of IPv6
check_host() {
  literal=\${1#\\[} literal=\${literal%\\]}
  case $1 in
    '') wrong host 'is empty' ;;
    "[$literal]") case $literal in *[!0-9A-Fa-f:.]*) ;; *:*:*) return ;; esac ;;
    *[!-0-9A-Za-z_.]* | [-.]* | *- | *-.* | *.-* | *..*) ;;
    *[!0-9.]* | *.*.*.*) [ \${#1} -gt 253 ] || return 0 ;;
  esac
  wrong host 'is neither a host name nor an IP address'
}
# check_port PORT: ends if it is none
check_port() {
  case $1 in
    '' | 0* | *[!0-9]* | ??????*) ;;
    *) [ "$1" -gt 65535 ] || return 0 ;;
  esac
  wrong port 'is no number from 1 to 65535'
}
`;

export const VARIABLE = `# variable NAME: prints it
variable() { LC_ALL=C awk 'BEGIN { printf "%s", ENVIRON[ARGV[1]] }' "$1"; }
`;

export const VERIFY_ANSWER = `# verify: without sha256 an answer must not be empty or compressed; sets sum; needs: facts size
verify() {
  [ "$size" -gt 0 ] || finish 1 "$shown: the answer is empty"
  require_length
  case $facts in
    *,e=,* | *,e=identity,* | *,e=%header*) sum=$(sha256sum <"$part" | cut -c 1-64) ;;
    *) finish 1 "$shown: compressed, which nobody asked for; give sha256 to keep it so" ;;
  esac
}
extra=',%{http_version},l=%header{content-length},t=%header{transfer-encoding}'
extra="$extra,e=%header{content-encoding}"
`;

export const WAIT_FOR_ALL = `# wait_for_endpoint ENDPOINT: in a process of its own
wait_for_endpoint() {
  # finish STATUS TEXT: says and ends, as one of several
  finish() {
    [ "$1" -ne 2 ] || { trap '' USR1 && kill -s USR1 0 && sleep 0.1; }
    say "$2"
    [ "$1" = 0 ] || { printf '%s\\n' "$2" >>/dev/termination-log; } 2>/dev/null
    exit "$1"
  }
  options "$1"
  show "$address"
  retry "$shown" "$try"
}
trap 'trap "" USR1; wait; exit 2' USR1
set -f # the ? of a URL is no pattern
set -- $step_endpoints
first=$(($# / 4 + 1))
processes='' worst=0
for endpoint; do
  wait_for_endpoint "$endpoint" &
  processes="$processes $!"
done
for process in $processes; do
  wait "$process"
  status=$?
  [ "$status" -lt "$worst" ] || worst=$status
done
trap '' TERM
kill 0 # the heartbeat
clock
case $worst in
  0) finish 0 "all up after $((elapsed / 10)).$((elapsed % 10)) s" ;;
  1 | 2 | 124) exit "$worst" ;;
  *) finish 1 "a process ended with $worst; not enough memory?" ;;
esac
`;

export const WAIT_FOR_CONDITION = `watch_condition "$step_conditions" &
`;

export const WAIT_FOR_CONDITIONS = `# wait_for_condition CONDITION: in a process of its own
wait_for_condition() {
  # finish STATUS TEXT: says and ends, as one of several
  finish() {
    say "$2"
    [ "$1" = 0 ] || { printf '%s\\n' "$2" >>/dev/termination-log; } 2>/dev/null
    case $1 in 1 | 2) trap '' USR1 && kill -s USR1 0 ;; esac
    exit "$1"
  }
  watch_condition "$1"
}
# end_of_all: ends as the one that can never be
end_of_all() {
  trap '' USR1
  worst=1
  for process in $processes; do
    wait "$process"
    [ $? -ne 2 ] || worst=2
  done
  exit "$worst"
}
processes='' worst=0
trap end_of_all USR1
set -- $step_conditions
for condition; do
  wait_for_condition "$condition" &
  processes="$processes $!"
done
for process in $processes; do
  wait "$process"
  status=$?
  [ "$status" -lt "$worst" ] || worst=$status
done
trap '' TERM
kill 0 # the heartbeat
clock
case $worst in
  0) finish 0 "all met after $((elapsed / 10)).$((elapsed % 10)) s" ;;
  1 | 2 | 124) exit "$worst" ;;
  *) finish 1 "a process ended with $worst; not enough memory?" ;;
esac
`;

export const WAIT_FOR_ONE = `retry "$step_endpoints" try_tcp &
wait $!
`;

export const WAIT_FOR_SINGLE = `set -f # the ? of a URL is no pattern
options "$step_endpoints"
show "$address"
`;

export const WATCH_CONDITION = `# watch_condition CONDITION: until it is met, can never be, or time is over
watch_condition() {
  read_condition "$1"
  since=0 told='' told_at=0 reason='' outcome='' gone=''
  while clock && [ $((left = \${step_timeout}0 - elapsed)) -gt 0 ]; do
    began=$elapsed
    get_object
    if [ "$outcome" = unmet ]; then
      follow | listen
      over=$?
      case $over in 3) ;; 4) watch_from_now ;; *) exit "$over" ;; esac
      clock
      [ $((elapsed - began)) -lt 100 ] || since=$elapsed
    fi
    rest
  done
  give_up
}
# watch_from_now: sets gone, the version from which the server has no events any more
watch_from_now() {
  gone=$seen
  say "$name: events since its last change are gone (410), watches from now on"
}
# give_up: at the deadline
give_up() {
  line="$name: \${reason:-not looked at}, $((elapsed / 10)) s of $step_timeout s"
  finish 124 "gave up: $line"
}
# read_condition CONDITION: sets condition, its fields, name for the log, url
read_condition() {
  IFS=,
  set -- $1
  unset IFS
  space=\${5:-$step_namespace} resource=$4 version=$3
  condition=$1,$2,$3,$4,$space,$6,$7 name="$6 $7 in $space"
  case $version in */*) url=apis ;; *) url=api ;; esac
  url="https://$host:$port/$url/$version/namespaces/$space/$resource"
  one=$7
}
# get_object: asks for the object; sets outcome wanted
get_object() {
  [ "$left" -lt 100 ] || left=100
  outcome='' process='' said='' facts='' status=''
  answer=$({
    { printf '{"type":"GOT","object":' && ask "$left" "$url/$one" && echo '}'; } | judge
  } 3>&1)
  IFS=$newline
  for each in $answer; do hear "$each"; done
  unset IFS
  wanted=\${facts##*,}
  [ -n "$outcome" ] || explain_answer
}
# follow: prints what comes of its changes, for some minutes; needs: seen gone
follow() {
  clock
  left=$((\${step_timeout}0 - elapsed))
  [ "$left" -gt 0 ] || return
  [ "$left" -lt 3000 ] || left=3000
  query="watch=true&allowWatchBookmarks=true&timeoutSeconds=$((left / 10 + 1))"
  query="$query&fieldSelector=metadata.name%3D$one"
  [ "$seen" = "$gone" ] || query="$query&resourceVersion=$seen"
  { ask "$left" "$url?$query" | judge; } 3>&1
}
# listen: reads it; ends as the step does, with 3 if there may be more, with 4 if not from then on
listen() {
  process='' said='' expired=''
  while IFS= read -r each; do hear "$each"; done
  [ -z "$expired" ] || exit 4
  clock
  [ "$elapsed" -lt "\${step_timeout}0" ] || give_up
  case $status:$facts in 0:200,* | 28:* | 143:*) ;; *) explain_answer ;; esac
  exit 3
}
# hear LINE: sets outcome seen reason, or said facts status of curl; ends if that is the end
hear() {
  case $1 in
    'process '*) process=\${1#* } ;;
    'facts '*) facts=\${1#* } ;;
    'status '*) status=\${1#* } ;;
    'end of the answer') stop_curl ;;
    again) tell ;;
    gone) expired=1 ;;
    'met '* | 'unmet '* | 'failed '* | 'error '*)
      outcome=\${1%% *} reason=\${1#* }
      seen=\${reason%% *} reason=\${reason#* }
      tell
      ;;
    *) said=\${said:-$1} ;;
  esac
}
# stop_curl: it would wait for the next change
stop_curl() {
  [ -z "$process" ] || kill "$process" 2>/dev/null || :
}
# tell: says it if it is news or half a minute old, and ends if it is final
tell() {
  clock
  [ $((elapsed - told_at)) -lt 300 ] || told=''
  line="$name: $reason, $((elapsed / 10)) s of $step_timeout s"
  case $outcome in
    met) stop_curl && finish 0 "$line" ;;
    failed) stop_curl && finish 1 "$line" ;;
  esac
  [ "$reason" != "$told" ] && [ "$lines" -le $((elapsed / T)) ] || return 0
  say "$line"
  told=$reason told_at=$elapsed lines=$((lines + 1))
}
# explain_answer: sets outcome and reason where no server said what is wrong
explain_answer() {
  outcome=error known=$reason code=\${facts%%,*} verdict=\${facts#*,} verdict=\${verdict%%,*}
  [ "$left" -lt 100 ] || known=''
  case $status:$code in
    *:404) result="the server knows no $resource of $version" ;;
    0:200) result='the answer is no JSON; is this the API server?' ;;
    0:*) result="status $code" ;;
    *:200) result='the connection broke off, looks again' ;;
    28:*) result=\${known:-no answer in time; a NetworkPolicy?} ;;
    *) explain "$status" "$url" ;;
  esac
  reason=\${result:-curl ended with $status}
  tell
}
# rest: a quarter of the time since all was well, by chance less, or what the server wants
rest() {
  clock
  pause=$(((elapsed - since) / 4)) left=$((\${step_timeout}0 - elapsed)) chance=0
  [ "$pause" -gt 5 ] || pause=5
  [ "$pause" -lt 50 ] || pause=50
  { read -r chance </proc/sys/kernel/random/uuid; } 2>/dev/null
  pause=$((pause - (pause * 0x\${chance%"\${chance#?}"} + 75) / 150))
  case $wanted in *[!0-9]* | '' | ????*) wanted=0 ;; esac
  [ "$pause" -ge "\${wanted}0" ] || pause=\${wanted}0
  [ "$pause" -lt "$left" ] || pause=$((left > 0 ? left : 0))
  sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $name: $reason"
}
T=50 lines=-10
`;

export const WHY_NOT = `# why_not STATUS: sets result, why nc did not connect; needs: said attempt known
why_not() {
  case $1:$said in
    *'bad address'*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    1:*) result='connection refused or no route' ;;
    127:*) finish 2 'no nc or timeout' ;;
    *)
      result="no answer in $attempt s; no ready pods behind the Service? a NetworkPolicy? no DNS?"
      result=\${known:-$result}
      ;;
  esac
}
`;

export const WITHOUT_OLD = `# without_old COMMAND...: runs it again, or ends; needs: error
without_old() {
  case $error in
    *'o space left'*) make_room "$step_destination" && say "$result" && "$@" ;;
  esac
  finish 1 "cannot write $step_destination: \${error##*: }"
}
`;
