/** What to do with what is there already: in a volume that outlives the pod, and when a step runs again. */
export enum IfPresent {
  /** Make it what it should be. */
  REPLACE = 'replace',
  /**
   * Leave it and do nothing, not even a request: a seed for what the app rewrites, a model that is large. The first of
   * several pods that share a volume makes it, the others find it.
   */
  KEEP = 'keep',
}
