#!/bin/sh
# judge: ends, or sets result wanted (in 0.1 s), and final if it can never come
judge() {
  code=${facts%%:*} codes=${facts%%,*} final=''
  ## FILESIZE_EXCEEDED HTTP_RETURNED_ERROR COULDNT_RESOLVE_PROXY HTTP2 PARTIAL_FILE SSL_CONNECT_ERROR
  ## GOT_NOTHING SEND_ERROR RECV_ERROR HTTP2_STREAM
  case $status:$codes:$((size > step_max_size)) in
    *:000:*:[45]??:0) final=${codes##*:5??} result="the proxy answers ${codes##*:}" ;;
    63:* | *:1) final=1 result="larger than $step_max_size bytes" ;;
    0:200:*) verify && end_file && finish 0 "downloaded $shown: $size bytes, sha256 $sum" ;;
    6:*) result=${known:-name does not resolve; a typo, or a NetworkPolicy that stops DNS?} ;;
    7:*) result='connection refused or no route' ;;
    28:*) result=${known:-"no answer in time, $size bytes came; a NetworkPolicy?"} ;;
    22:408:* | 22:42[59]:* | 22:5*) result="status $code" wanted=${facts##*,r=}0 ;;
    0:* | 22:*) final=1 result="status $code" ;;
    33:*) result='it cannot be continued: begins anew' ;;
    5:* | 1[68]:* | 35:* | 5[256]:* | 92:*) result='closed before the whole answer came' ;;
    *) judge_here ;;
  esac
  ## Retry-After may be a date.
  case $wanted in *[!0-9]* | 0?* | ??????*) wanted=0 ;; esac
}

no_pem='certificates to trust cannot be read: not in PEM form?'
# judge_here: where no server failed
judge_here() {
  final=1 result=$(words "$said")
  case $status:${facts#*:} in
    60:9:*) final='' result='certificate not trusted: not valid yet' ;;
    60:*) result="certificate not trusted: ${result##*: }" ;;
    23:*) result="no room after $size bytes" && make_room "$step_destination" && final='' ;;
    ## A client certificate that cannot be used.
    43:* | 58:*) finish 2 "$result" ;;
    # SSL_CACERT_BADFILE; behind a redirect inline ones are read already
    77:*) case ${said##*"$newline"} in 0\ *) finish 2 "$no_pem" ;; esac ;;
    127:*) finish 2 'the image lacks curl' ;;
    ## 393 is yash's 137.
    137:* | 393:*) result='curl was killed; not enough memory?' ;;
  esac
  result=${result:-curl ended with $status}
}
