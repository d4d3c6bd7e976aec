/** What stands where Kubernetes has a list: null is none, and custom resources may have something else there. */
export function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}
