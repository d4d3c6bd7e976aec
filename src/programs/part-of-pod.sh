#!/bin/sh
# Other pods may write the same file, each to a part of its own. One that nobody has touched for an
# hour is left from a pod that is gone.
part=$folder/.${step_destination##*/}.$step_pod.part
for left in "$folder/.${step_destination##*/}".????????-????-????-????-????????????.part; do
  [ "$left" = "$part" ] || [ ! -f "$left" ] || [ -z "$(find "$left" -mmin +60)" ] || rm -f "$left"
done
