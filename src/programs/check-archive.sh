#!/bin/sh
## Unpacked it would not show any more.
# check_setuid: ends if a file in it would run as somebody else
check_setuid() {
  require_time
  odd=$(list 2>/dev/null | grep -E '^-(..|.....)[sS]' | head -n 1)
  require_time
  [ -z "$odd" ] || finish 1 "$shown: $(printable "${odd##*:?? }") has setuid or setgid"
}

# check_kinds: ends if something is no file, folder or link, or another name of a file outside
check_kinds() {
  odd=$(find "$root" ! -type f ! -type d ! -type l | head -n 1)
  [ -z "$odd" ] || finish 1 "$shown: ${odd#"$root/"} is no file, folder or link"
  odd=$(find "$root" -type f -links +1 -exec stat -c '%i %h' {} + | awk '
    { links[$1] = $2; found[$1]++ }
    END { for (file in links) if (found[file] < links[file]) print file }')
  [ -z "$odd" ] || finish 1 "$shown: a hard link in it leads outside"
}

# check_links: ends if a link is absolute or leads outside; without .. it can do so by others only
# shellcheck disable=SC2016 # what find runs has dollars of its own
check_links() {
  ## A name that no archive can know: a link through it would lead elsewhere later.
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
  [ -z "$odd" ] || finish 1 "$shown: link ${odd#"$root/"} leads outside"
}
