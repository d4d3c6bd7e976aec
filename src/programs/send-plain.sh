#!/bin/sh
# send: asks for it
send() { request --max-redirs 10; }
