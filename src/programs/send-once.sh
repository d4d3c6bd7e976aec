#!/bin/sh
# send: asks for it, and follows no redirect
send() { request --max-redirs 0; }
