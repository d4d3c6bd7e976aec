#!/bin/sh
# The repository and its files are in the hidden folder of this pod and step.
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
## What fetches for git would outlive it, if the server says nothing.
# shellcheck disable=SC2086 # words
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
  named=${step_revision#HEAD}
  [ -n "$ref" ] || finish 1 "$shown: has no ${named:-branch by default}"
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
  tree=$commit:${step_subdirectory#/}
  [ "$(git -C "$root" cat-file -t "$tree" 2>/dev/null)" = tree ] ||
    finish 1 "$shown: has no folder ${step_subdirectory#/} in commit $commit"
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
    say "${pointer#"$root/"} is a pointer of Git LFS, whose files are not fetched"
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
