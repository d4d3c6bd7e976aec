#!/bin/sh
newline='
'

# talk ADDRESS BYTES REPLY: says BYTES, and REPLY when something has come; sets answer, as od -c
# writes it; fails and sets result if there is none
talk() {
  aim "$1" || return 1
  said=$newline$(exchange "$host" "$port" "$2" "$3" 3>&1)
  answer=" ${said#*"$newline "}"
  ## The status comes behind an answer that is cut.
  answer=${answer%%"$newline"*}
  case $said in
    *"$newline "*) return 0 ;;
    *' open'*"$newline"[01])
      result='closed without an answer; another protocol, TLS, or a proxy without a server?'
      ;;
    *' open'*) result=${known:-"accepted, but no answer in $attempt s"} ;;
    *) why_not "${said##*"$newline"}" ;;
  esac
  return 1
}

## Not nc -e, which were simpler: intruders use it, and Falco and its kin raise an alarm.
# exchange HOST PORT BYTES REPLY: prints the exit status of nc, and the first 4 KiB that come.
# Half of the time nothing is closed before: some servers answer nobody who has ended his side
# shellcheck disable=SC2059 # BYTES is a format, for its \0
exchange() {
  {
    sleep $((${attempt%.*} / 2)).5 &
    echo $! && printf "$3" && wait
    printf "$4"
  } 2>/dev/null | {
    read -r holder
    echo "$holder"
    timeout "$attempt" nc -v "$1" "$2" 2>&3 3>&-
    echo $? >&3
  } 2>/dev/null | {
    read -r holder
    {
      dd bs=1 count=1 && kill "$holder"
      dd bs=1 count=4095
    } 2>/dev/null | od -An -v -c -w4096
  }
}

# text ANSWER: prints what of it is text, 80 characters at most
text() {
  printf '%.320s\n' "$1" |
    sed 's/ [0-7]\{3\}//g; s/  \\[0abfnrtv]//g; s/   \(.\)/\1/g; s/^$/no reason given/'
}

# mistake: sets result, who answers so; needs: answer
mistake() {
  result='speaks something else'
  case $answer in
    ' 025 003'*) result='wants TLS' ;;
    '   H   T   T   P   /'*) result="$result: HTTP?" ;;
    '   S   S   H   -'*) result="$result: SSH?" ;;
    '   A   M   Q   P'*) result="$result: AMQP?" ;;
    '   E  \0  \0'*) result="$result: PostgreSQL?" ;;
    ????????'  \0  \0  \n'*) result="$result: MySQL?" ;;
  esac
}
