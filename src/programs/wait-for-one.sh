#!/bin/sh
retry "$step_endpoints" try_tcp &
wait $!
