#!/bin/sh
# What is there stays as it is, whoever made it.
[ ! -f "$step_destination" ] || finish 0 "$step_destination is there already"

# end_file: gives it its mode and its name, unless another pod was faster
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && ln "$part" "$step_destination") 2>&1) && return
  [ ! -f "$step_destination" ] || finish 0 "$step_destination is there meanwhile"
  error=$(mv -f "$part" "$step_destination" 2>&1) || # a file system without hard links
    finish 1 "cannot write $step_destination: ${error##*: }"
}
