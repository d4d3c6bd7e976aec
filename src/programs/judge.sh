#!/bin/sh
# judge: ends if the file is there, or can never come. Sets result, rest (tenths of a second to wait)
judge() {
  code=${facts%%,*} rest=0
  result=$(printf '%.200s' "${said%%"$newline"*}" | tr -d '\000-\037\177')
  [ $size -le "$step_max_size" ] || status=63 # FILESIZE_EXCEEDED
  case $status:$code:$said in
    0:200:*) verify && end_file && finish 0 "downloaded $shown: $size bytes, sha256 $sum" ;;
    63:*) finish 1 "$shown: larger than $step_max_size bytes" ;;
    *:408:* | *:425:* | *:429:* | *:5??:*) result="status $code" rest=${facts##*,r=}0 ;;
    0:* | *:[34]??:*) finish 1 "$shown: status $code" ;;
    6:*) result='name does not resolve; a typo, or a NetworkPolicy that stops DNS?' ;;
    7:*) result='connection refused or no route' ;;
    # COULDNT_RESOLVE_PROXY HTTP2 PARTIAL_FILE OPERATION_TIMEDOUT SSL_CONNECT_ERROR GOT_NOTHING
    # SEND_ERROR RECV_ERROR HTTP2_STREAM may pass, as the time does before a certificate is valid
    5:* | 1[68]:* | 28:* | 35:* | 5[256]:* | 92:* | 60:*'not yet valid'*) ;;
    137:*) finish 1 "$shown: curl was killed; not enough memory?" ;;
    *) finish 1 "$shown: $result" ;;
  esac
  case $rest in *[!0-9]* | 0?* | ?????*) rest=0 ;; esac # Retry-After may be a date
}
