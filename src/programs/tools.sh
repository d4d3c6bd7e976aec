#!/bin/sh
# tools NAME...: the image must have them
tools() {
  for tool; do command -v "$tool" >/dev/null || finish 2 "the image lacks $tool"; done
}
