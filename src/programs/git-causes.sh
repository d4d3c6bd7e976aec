#!/bin/sh
quote=$(printf '\047')
# judge: why git failed: ends, or sets result if it may succeed later; needs: status
judge() {
  # What it quotes, as the URL, is not its own word.
  said=$(grep -v '^remote: ' "$new/said" | sed "s/${quote}[^$quote ]*$quote/it/g" | tail -c 2000)
  [ -n "$said" ] || said=$( (echo | cat >"$new/said") 2>&1) # is there room?
  final=''
  [ -z "$(find "$root" -type f -size +"$step_max_size"k | head -n 1)" ] ||
    finish 1 "$shown: more than $step_max_size KiB"
  case $status:$said in
    127:*) finish 2 'the image lacks git or timeout' ;;
    ## 399 is yash's 143.
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
      code=${said##*returned error: } code=${code%%[!0-9]*} result="status $code"
      case $code in 408 | 425 | 429 | 5??) final='' ;; esac
      ;;
    *) judge_text ;;
  esac
}

# judge_text: by what git says first, without the URL; sets result final
judge_text() {
  ended=''
  { read -r ended <"$new/ssh"; } 2>/dev/null
  text=$(printf '%s\n' "$said" | grep -v '^warning: ' |
    sed -n 's/^[A-Za-z]*: //; s/[^ ]*\/[^ ]*/it/g; /./p' | head -n 1)
  result=$(printable "$text") result=${result:-git ended with $status}
  case $ended:$said in
    ## What ssh itself fails with is 255.
    [!2:]*:* | 2[!5]*:*) ;;
    *certificate*) result="certificate not trusted: ${result##*: }" ;;
    *) final='' ;;
  esac
}
