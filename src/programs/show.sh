#!/bin/sh
# show ADDRESS: sets shown, what is said of it: behind a ? may be a secret
show() { shown=${1%%\?*}; }
