#!/bin/sh
# end_file: gives it its mode and name
end_file() {
  fsync "$part" 2>/dev/null
  error=$( (chmod "$step_mode" "$part" && mv -f "$part" "$step_destination") 2>&1) ||
    finish 1 "cannot write $step_destination: ${error##*: }"
}
