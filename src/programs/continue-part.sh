#!/bin/sh
# take_up: sets there, how much of it an attempt continues
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
  case $there:$status:${facts%%:*} in
    0:*) ;;
    *:33:*) begin_anew && resume='' ;; # RANGE_ERROR
    *:0:206 | *:0:416 | *:22:416) status=0 facts=200${facts#???} ;;
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
