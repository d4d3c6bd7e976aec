#!/bin/sh
command -v ssh >/dev/null || finish 2 'the image lacks ssh'
[ -s "$step_key_file" ] || finish 2 'the key is empty'
user=$(id -u)
## ssh looks for the name of its user, and does nothing without one.
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
## Paths of ssh know no blanks, ours may hold some: therefore it starts in the folder of the key.
# shellcheck disable=SC2016,SC2089 # for the shell that git starts
GIT_SSH_COMMAND='as_user() {
  cd "${step_used_key%/*}" && ssh -F none -i "./${step_used_key##*/}" \
    -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR -o UpdateHostKeys=no \
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$step_known_hosts_file" \
    -o GlobalKnownHostsFile=none -o ConnectTimeout=10 \
    -o ServerAliveInterval=10 -o ServerAliveCountMax=3 "$@"
  ended=$?
  echo "$ended" >"$HOME/ssh"
  return "$ended"
}
as_user'
copy_key
# shellcheck disable=SC2090 # the shell that git starts reads the quotes
export step_used_key="$key" GIT_SSH_COMMAND GIT_SSH_VARIANT=ssh

# refused: sets result, where the server does not let us in
refused() { result='the server refuses the key'; }
