#!/bin/sh
# once: sets result; needs: address
once() { "try_${address%%:*}" "$address"; }
try=once
