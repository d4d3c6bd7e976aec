#!/bin/sh
# generate: writes the file from its template
generate() {
  fill "$part" template || without_old generate
  end_file
  finish 0 "wrote $step_destination, $(wc -c <"$step_destination") bytes"
}
where=''
generate &
wait $!
