// Made from generate-config.sh by 'npx projen programs'; do not edit.
/* eslint-disable */
export const GENERATE_CONFIG = `newline='
'

say() { printf '%s %s: %s\\n' "$(date -u +%FT%TZ)" "$0" "$1" >&2; }

finish() { # STATUS REASON
  say "$2"
  [ -z "$part" ] || rm -f "$part"*
  [ "$1" = 0 ] || { printf '%.4000s' "$2" >/dev/termination-log; } 2>/dev/null
  exit "$1"
}

clock() {
  read -r uptime _ </proc/uptime
  now=$((\${uptime%.*} * 100 + 1\${uptime#*.} - 100))
  elapsed=$((now - \${started:=$now}))
  seconds=$((elapsed / 100)).$((elapsed / 10 % 10))
}

# Process 1 hears TERM only while it waits.
child='' part='' started=''
trap 'clock; kill -9 $child 2>/dev/null; finish 143 "stopped by SIGTERM after $seconds s"' TERM
clock

begin_file() {
  part=\${DESTINATION%/*}/.\${DESTINATION##*/}.part
  [ ! -d "$DESTINATION" ] || finish 2 "$DESTINATION is a directory"
  error=$( (rm -f "$part"* && true >"$part") 2>&1) || finish 1 "cannot write to \${DESTINATION%/*} as user $(id -u): \${error##*: }"
}

end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$MODE" "$part" && mv -f "$part" "$DESTINATION") 2>&1) || finish 1 "cannot write $DESTINATION: \${error##*: }"
}

expand() {
  LC_ALL=C awk '
    function declared(text, rest) {
      if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*/)) return 0
      name = substr(text, 1, RLENGTH)
      rest = substr(text, RLENGTH + 1)
      if (!(name in names) || !match(rest, /^([}]|:-[^}]*[}])/)) return 0
      fallback = substr(rest, 3, RLENGTH - 3)
      size = length(name) + RLENGTH
      return 1
    }
    function value() {
      if (!(("VAR_" name) in ENVIRON)) { # to look at it would make it
        if (size == length(name) + 1) missing = name
        return fallback
      }
      return ENVIRON["VAR_" name] == "" ? fallback : ENVIRON["VAR_" name]
    }
    function expanded(line, out, at, after) {
      while ((at = index(line, "\${")) > 0) {
        after = substr(line, at + 2)
        if (!declared(after)) { out = out substr(line, 1, at + 1); line = after; continue }
        if (at > 1 && substr(line, at - 1, 1) == "$") out = out substr(line, 1, at - 2) "\${" substr(after, 1, size)
        else out = out substr(line, 1, at - 1) value()
        line = substr(after, size + 1)
      }
      return out line
    }
    BEGIN { for (i = split(ENVIRON["VARIABLES"], list, " "); i > 0; i--) names[list[i]] }
    NR > 1 { print expanded(last) }
    { last = $0 }
    END {
      printf "%s", expanded(substr(last, 1, length(last) - 1))
      if (missing != "") { print "variable " missing " has no value" | "cat >&2"; exit 1 }
    }'
}

template() {
  if [ -n "\${TEMPLATE_FILE-}" ]; then cat "$TEMPLATE_FILE"; else printf '%s' "$TEMPLATE"; fi && printf .
}

generate() {
  # cat notices a full disk, which busybox's awk does not; a failure of awk is known by what it says
  message=$({ { template | expand || echo failed >&2; } | cat >"$part"; } 2>&1)
  status=$? message=\${message%%"$newline"*}
  case $status:$message in
    0:) ;;
    *:variable*) finish 2 "$message" ;;
    *) finish 1 "cannot write $DESTINATION: \${message##*: }" ;;
  esac
  end_file
  finish 0 "wrote $DESTINATION, $(wc -c <"$DESTINATION") bytes"
}

[ -z "\${TEMPLATE_FILE-}" ] || { [ -f "$TEMPLATE_FILE" ] && [ -r "$TEMPLATE_FILE" ]; } || finish 2 "cannot read template $TEMPLATE_FILE"
begin_file
generate &
child=$!
wait "$child"
`;
