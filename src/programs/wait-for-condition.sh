#!/bin/sh
watch_condition "$step_conditions" &
