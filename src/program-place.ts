/** Where the programs of the steps stand. */
export enum Programs {
  /** In the pod template: a step needs nothing beside it. */
  INLINE = 'inline',

  /**
   * In one immutable ConfigMap for each program, chart and namespace, called `<program>-<hash of its content>` and
   * mounted read-only: pod templates are short, and no change of one workload restarts another.
   *
   * The ConfigMap must outlive the pods: an old pod that is restarted after it was pruned waits for it in vain.
   */
  CONFIG_MAP = 'config-map',
}
