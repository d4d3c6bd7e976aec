#!/bin/sh
# sweep_parts: no other pod writes there
sweep_parts() { :; }
