/** Whose annotations say in which order objects are applied. */
export enum DeployOrder {
  /**
   * `argocd.argoproj.io/sync-wave` of Argo CD, which applies a wave when all that is in the ones before is healthy:
   * level 1 is wave 0, the default, level 2 wave 1, and so on.
   *
   * A claim comes with the first workload that mounts it, because many are bound only then, or last if no pod
   * mounts it for now. An autoscaler comes with what it scales. All else stays in wave 0, or comes as early as
   * what needs it, where the program has given that a wave below 0.
   */
  ARGO_CD = 'argo-cd',

  /**
   * `kapp.k14s.io/change-group` and `kapp.k14s.io/change-rule` of kapp, which applies a workload when those that it
   * waits for, and the objects of its conditions, are ready.
   */
  KAPP = 'kapp',
}
