#!/bin/sh
## https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
# try_mongodb mongodb://HOST:PORT: sets result, up if the answer to hello, an OP_MSG, names a
# primary, a secondary or a router.
try_mongodb() {
  talk "$1" "$hello" '' || return
  case $answer in
    ????????????????????????????????????????????????' 335  \a  \0  \0'*) ;;
    *) mistake && return ;;
  esac
  case $answer in
    *"$primary"*) result=up ;;
    *'  \b   s   e   c   o   n   d   a   r   y  \0 001'*) result=up ;;
    *'   m   s   g  \0  \t  \0  \0  \0   i   s   d   b   g   r   i   d  \0'*) result=up ;;
    *) result='neither primary nor secondary' ;;
  esac
}
primary='  \b   i   s   W   r   i   t   a   b   l   e   P   r   i   m   a   r   y  \0 001'
## { hello: 1, $db: 'admin' }
hello='\064\0\0\0\001\0\0\0\0\0\0\0\335\007\0\0\0\0\0\0\0\037\0\0\0'
hello="$hello"'\020hello\0\001\0\0\0\002\044db\0\006\0\0\0admin\0\0'
