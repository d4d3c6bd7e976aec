#!/bin/sh
line_break='
'

# relay NAME: logs what the command prints and how each try of it ends; ends with the step
relay() {
  trap '' TERM INT QUIT
  start=$step_start tries=0 last='' empty='' reason='not tried'
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      "$step_mark "*) heard "$1" "${line#* }" ;;
      '') empty=$line_break ;;
      *) printf '%s%s\n' "$empty" "$line" >&2 && last=$line empty='' ;;
    esac
  done
  exit 143
}

# heard NAME WORDS: what try_again tells; sets reason; needs: last (line that was printed)
heard() {
  clock
  spent="$((elapsed / 10)) s of $step_seconds s"
  said=$(printf '%.200s' "${last:+: $last}" | tr -d '\000-\037\177')
  [ "$2" = over ] || tries=$((tries + 1))
  case $2 in
    stopped) finish 143 'stopped by a signal' ;;
    over) finish 124 "gave up: $reason (attempt $tries), $spent" ;;
    'end 0') finish 0 "$1: done (attempt $tries), $spent" ;;
    end*) finish "${2#end }" "$1: exit code ${2#end }, which is final$said" ;;
    late*) reason="$1: did not end in ${2#late } s$said" ;;
    failed*) reason="$1: exit code ${2#failed }$said" ;;
  esac
  say "$reason (attempt $tries), $spent"
  last='' empty=''
}
