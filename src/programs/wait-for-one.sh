#!/bin/sh
wait_for "$step_endpoints" try_tcp 40 &
wait $!
