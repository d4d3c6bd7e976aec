#!/bin/sh
# shellcheck disable=SC2016,SC2089,SC2090 # awk's dollars; no shell reads these quotes
# An event has a type and an object; what is refused comes as a Status, in an event or alone.
# Needs: ENVIRON["condition"]: KIND,TYPE,APIVERSION,RESOURCE,NAMESPACE,OBJECTKIND,NAME
rules=$rules'
  # wanted: what the rules below look at
  function wanted(place) { return place in needed || index(place, conditions SUBSEP) == 1 }
  # meta: of the object, as spec and status are
  function meta(name) { return at["object", "metadata", name] }
  # spec: the same
  function spec(name) { return at["object", "spec", name] }
  # status: a number
  function status(name) { return at["object", "status", name] + 0 }
  # refusal: of a Status
  function refusal(name) { return "kind" in at ? at[name] : at["object", name] }
  # report: prints VERDICT VERSION REASON
  function report(verdict, reason) {
    printf "%s %s %s\n", verdict, meta("resourceVersion") "", substr(reason, 1, 300)
    fflush()
  }
  # condition_of: sets found, one of the conditions of the object, whose letters may be small
  function condition_of(type, i, place) {
    found = ""
    for (i = 0; (conditions, i, "type") in at || (conditions, i, "status") in at; i++) {
      place = conditions SUBSEP i
      if (tolower(at[place, "type"]) != tolower(type) || at[place, "status"] == "") continue
      found = place
      return at[place, "status"]
    }
    return ""
  }
  # why: reason and message of the one that was found
  function why() {
    return after(": ", at[found, "reason"]) after(": ", at[found, "message"])
  }
  # after: a text behind another, if there is one
  function after(before, text) { return text == "" ? "" : before text }
  # refused: what an answer of the server means that is no object
  function refused(code) {
    if (code == 401) report("error", "the API server refuses the token")
    else if (code == 403) report("error", forbidden())
    else if (code == 404 && (at["details", "name"] at["object", "details", "name"]) != "")
      report("unmet", "not there (yet)")
    else if (code == 404) report("error", "the server knows no " resource " of " version)
    else if (code == 410) { print "gone"; fflush() }
    else report("error", "status " code after(": ", refusal("message")))
  }
  # forbidden: names the rule that is missing
  function forbidden(group) {
    group = index(version, "/") ? substr(version, 1, index(version, "/") - 1) : "\"\""
    return "may not " (at["type"] == "GOT" ? "get " : "watch ") resource " \"" object \
      "\" in " space ": the rule that is missing: apiGroups [" group "], resources [" resource \
      "], resourceNames [" object "], verbs [get, watch]"
  }
  BEGIN {
    split(ENVIRON["condition"], part, ",")
    kind = part[1]; type = part[2]; version = part[3]; resource = part[4]
    space = part[5]; workload = part[6]; object = part[7]
    conditions = "object" SUBSEP "status" SUBSEP "conditions"
    needed[""]; needed["details"]; needed["object"]; needed[conditions]
    needed["object", "details"]; needed["object", "metadata"]; needed["object", "status"]
    needed["object", "spec"]; needed["object", "spec", "updateStrategy"]
    needed["object", "spec", "updateStrategy", "rollingUpdate"]
  }
  END { if (broken && at["type"] != "GOT") report("error", "no JSON came, looks again") }
  !whole { next }
  at["type"] == "BOOKMARK" { print "again"; fflush(); next }
  refusal("kind") == "Status" { refused(refusal("code") + 0); next }
  at["type"] == "DELETED" { report("unmet", "not there (yet)"); next }'
