#!/bin/sh
# options ADDRESS: sets address
options() { address=$1; }
