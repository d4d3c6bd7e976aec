#!/bin/sh
[ ! -f "$step_destination" ] || sweep_parts
