#!/bin/sh
newline='
'

# judge: ends if the file is there, or can never come; sets result, wanted (in 0.1 s)
judge() {
  code=${facts%%:*} proxy=${facts%%,*} proxy=${proxy##*:}
  result=$(printf '%.200s' "${said%%"$newline"*}" | tr -d '\000-\037\177')
  case $status:${facts%%,*}:$((size > step_max_size)) in
    *:000:*:5??:0) result="the proxy answers $proxy" ;;
    *:000:*:4??:0) finish 1 "$shown: the proxy answers $proxy" ;;
    63:* | *:1) finish 1 "$shown: larger than $step_max_size bytes" ;; # FILESIZE_EXCEEDED
    0:200:*) verify && end_file && finish 0 "downloaded $shown: $size bytes, sha256 $sum" ;;
    6:*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7:*) result='connection refused or no route' ;;
    28:*) result=${known:-"no answer in time, $size bytes came; a NetworkPolicy?"} ;;
    22:408:* | 22:425:* | 22:429:* | 22:5*) result="status $code" wanted=${facts##*,r=}0 ;;
    0:* | 22:*) finish 1 "$shown: status $code" ;; # HTTP_RETURNED_ERROR
    ## COULDNT_RESOLVE_PROXY HTTP2 PARTIAL_FILE SSL_CONNECT_ERROR GOT_NOTHING SEND_ERROR RECV_ERROR
    5:* | 1[68]:* | 35:* | 5[256]:* | 92:*) result='closed before the whole answer came' ;;
    *) judge_here ;;
  esac
  ## Retry-After may be a date.
  case $wanted in *[!0-9]* | 0?* | ??????*) wanted=0 ;; esac
}

# judge_here: no server failed; ends, or sets result
judge_here() {
  case $status in
    60) judge_certificate ;;
    23) make_room "$step_destination" || finish 1 "$shown: no room after $size bytes" ;;
    127) finish 2 'the image lacks curl' ;;
    ## 393 is yash's 137.
    137 | 393) finish 1 "$shown: curl was killed; not enough memory?" ;;
    *) finish 1 "$shown: $result" ;;
  esac
}

# judge_certificate: ends, unless time cures it; sets result
judge_certificate() {
  case $facts in *:9:*) said='not valid yet' ;; *) said=${result##*: } ;; esac
  result="certificate not trusted: $said"
  [ "$said" = 'not valid yet' ] || finish 1 "$shown: $result"
}
