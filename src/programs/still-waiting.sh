#!/bin/sh
# progress: sets reached
progress() { reached='still waiting'; }
