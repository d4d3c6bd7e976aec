#!/bin/sh
## Only wait hears signals. kill 0 ends the whole process group. To read in a trap spins (busybox 1.38).
trap 'trap "" TERM; kill 0; finish 143 "stopped by a signal"' TERM INT QUIT
