#!/bin/sh
# basic: there is no user
basic() { :; }
