#!/bin/sh
# watch_condition CONDITION: until it is met, can never be, or time is over
watch_condition() {
  read_condition "$1"
  since=0 told='' told_at=0 reason='' outcome='' gone=''
  while clock && [ $((left = ${step_timeout}0 - elapsed)) -gt 0 ]; do
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
  line="$name: ${reason:-not looked at}, $((elapsed / 10)) s of $step_timeout s"
  finish 124 "gave up: $line"
}

# read_condition CONDITION: sets condition, its fields, name for the log, url
read_condition() {
  IFS=,
  # shellcheck disable=SC2086 # fields
  set -- $1
  unset IFS
  space=${5:-$step_namespace} resource=$4 version=$3
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
  wanted=${facts##*,}
  [ -n "$outcome" ] || explain_answer
}

## The server has events of some minutes only: what changed before is watched from now on.
# follow: prints what comes of its changes, for some minutes; needs: seen gone
follow() {
  clock
  left=$((${step_timeout}0 - elapsed))
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
  [ "$elapsed" -lt "${step_timeout}0" ] || give_up
  case $status:$facts in 0:200,* | 28:* | 143:*) ;; *) explain_answer ;; esac
  exit 3
}

# hear LINE: sets outcome seen reason, or said facts status of curl; ends if that is the end
hear() {
  case $1 in
    'process '*) process=${1#* } ;;
    'facts '*) facts=${1#* } ;;
    'status '*) status=${1#* } ;;
    'end of the answer') stop_curl ;;
    again) tell ;;
    gone) expired=1 ;;
    'met '* | 'unmet '* | 'failed '* | 'error '*)
      outcome=${1%% *} reason=${1#* }
      seen=${reason%% *} reason=${reason#* }
      tell
      ;;
    *) said=${said:-$1} ;;
  esac
}

# stop_curl: it would wait for the next change
stop_curl() {
  [ -z "$process" ] || kill "$process" 2>/dev/null || :
}

## A server sends a bookmark each minute: what was said is said again then.
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
  outcome=error known=$reason code=${facts%%,*} verdict=${facts#*,} verdict=${verdict%%,*}
  ## What the deadline cuts short says nothing new.
  [ "$left" -lt 100 ] || known=''
  case $status:$code in
    *:404) result="the server knows no $resource of $version" ;;
    0:200) result='the answer is no JSON; is this the API server?' ;;
    0:*) result="status $code" ;;
    *:200) result='the connection broke off, looks again' ;;
    28:*) result=${known:-no answer in time; a NetworkPolicy?} ;;
    *) explain "$status" "$url" ;;
  esac
  reason=${result:-curl ended with $status}
  tell
}

# rest: a quarter of the time since all was well, by chance less, or what the server wants
rest() {
  clock
  pause=$(((elapsed - since) / 4)) left=$((${step_timeout}0 - elapsed)) chance=0
  [ "$pause" -gt 5 ] || pause=5
  [ "$pause" -lt 50 ] || pause=50
  { read -r chance </proc/sys/kernel/random/uuid; } 2>/dev/null
  pause=$((pause - (pause * 0x${chance%"${chance#?}"} + 75) / 150))
  ## Retry-After may be a date.
  case $wanted in *[!0-9]* | '' | ????*) wanted=0 ;; esac
  [ "$pause" -ge "${wanted}0" ] || pause=${wanted}0
  [ "$pause" -lt "$left" ] || pause=$((left > 0 ? left : 0))
  sleep $((pause / 10)).$((pause % 10)) || finish 1 "no sleep: $name: $reason"
}
T=50 lines=-10
