#!/bin/sh
# require_length: an answer may tell none
require_length() { :; }
