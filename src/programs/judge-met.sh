#!/bin/sh
# shellcheck disable=SC2016,SC2089,SC2090 # awk's dollars; no shell reads these quotes
rules=$rules'
  # judge_condition: as kubectl wait does: what was observed must be of this generation
  function judge_condition(value, observed) {
    value = condition_of(type)
    observed = at["object", "status", "observedGeneration"]
    if ((found, "observedGeneration") in at) observed = at[found, "observedGeneration"]
    if (value == "") report("unmet", "has no condition " type " (yet)")
    else if (observed != "" && observed + 0 < meta("generation") + 0)
      report("unmet", type " is of generation " observed ", and not (yet) of " meta("generation"))
    else report(tolower(value) == "true" ? "met" : "unmet", type " is " value why())
  }
  kind == "met" { judge_condition() }'
