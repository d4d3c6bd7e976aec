#!/bin/sh
# shellcheck disable=SC2016,SC2089,SC2090 # awk's dollars; no shell reads these quotes
# As kubectl rollout status does, but what exceeds its progress deadline may come in time.
rules=$rules'
  # strategy: of an update, for which of its pods
  function strategy(name) { return at["object", "spec", "updateStrategy", name] }
  # judge_deployment: by its replicas
  function judge_deployment(updated, available, all) {
    updated = status("updatedReplicas"); available = status("availableReplicas")
    all = spec("replicas") + 0
    condition_of("Progressing")
    if (at[found, "reason"] == "ProgressDeadlineExceeded")
      report("unmet", "exceeded its progress deadline" after(": ", at[found, "message"]))
    else if (updated < all)
      report("unmet", updated " out of " all " new replicas have been updated")
    else if (status("replicas") > updated)
      report("unmet", status("replicas") - updated " old replicas are pending termination")
    else if (available < updated)
      report("unmet", available " of " updated " updated replicas are available")
    else report("met", "successfully rolled out")
  }
  # judge_daemon_set: by its pods
  function judge_daemon_set(updated, available, all) {
    updated = status("updatedNumberScheduled"); available = status("numberAvailable")
    all = status("desiredNumberScheduled")
    if (updated < all) report("unmet", updated " out of " all " new pods have been updated")
    else if (available < all) report("unmet", available " of " all " updated pods are available")
    else report("met", "successfully rolled out")
  }
  # judge_stateful_set: by its pods, of which those below a partition stay as they are
  function judge_stateful_set(updated, all, revision, partition) {
    updated = status("updatedReplicas"); all = spec("replicas") + 0
    revision = at["object", "status", "updateRevision"]
    partition = strategy("rollingUpdate" SUBSEP "partition")
    if (status("readyReplicas") < all)
      report("unmet", all - status("readyReplicas") " pods to be ready")
    else if (partition != "" && updated < all - partition)
      report("unmet", updated " out of " all - partition " new pods have been updated")
    else if (partition == "" && revision != at["object", "status", "currentRevision"])
      report("unmet", updated " pods at revision " revision)
    else report("met", "successfully rolled out")
  }
  # judge_rollout: if it has a status that is of this generation
  function judge_rollout() {
    if (workload != "Deployment" && strategy("type") != "RollingUpdate")
      report("failed", "has no rollout: its strategy is " strategy("type") ", not RollingUpdate")
    else if (status("observedGeneration") < meta("generation") + 0 || \
      workload == "StatefulSet" && !status("observedGeneration"))
      report("unmet", "its new spec is not observed (yet)")
    else if (workload == "Deployment") judge_deployment()
    else if (workload == "DaemonSet") judge_daemon_set()
    else judge_stateful_set()
  }
  kind == "rolledOut" { judge_rollout() }'
