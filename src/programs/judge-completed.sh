#!/bin/sh
# shellcheck disable=SC2016,SC2089,SC2090 # awk's dollars; no shell reads these quotes
rules=$rules'
  # judge_job: complete or failed are final
  function judge_job() {
    if (condition_of("Complete") == "True") report("met", "complete")
    else if (condition_of("Failed") == "True") report("failed", "failed" why())
    else if (condition_of("FailureTarget") == "True") report("unmet", "failing" why())
    else if (spec("suspend") == "true") report("unmet", "suspended")
    else report("unmet", (status("active") ? "running: " : "not running: ") status("active") \
      " active, " status("succeeded") " succeeded, " status("failed") " failed pods")
  }
  kind == "completed" { judge_job() }'
