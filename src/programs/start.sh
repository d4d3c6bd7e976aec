#!/bin/sh
retry "$shown" "$try" &
