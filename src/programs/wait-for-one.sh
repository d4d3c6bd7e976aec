#!/bin/sh
wait_for "$step_endpoints" &
wait $!
