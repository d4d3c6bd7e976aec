#!/bin/sh
# take_over: nobody else writes there
take_over() { :; }
