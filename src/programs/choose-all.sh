#!/bin/sh
# choose: all of root is wanted
choose() { :; }
