/** Whether a name can be that of a container, a volume, a namespace. */
export function isDnsLabel(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

/** A name in the manner of Kubernetes: `wait-for-db` for `WaitForDb`, `wait_for_db` and `WaitForDB`. */
export function hyphenated(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

/**
 * Whether a name can be looked up: labels of up to 63 letters, digits and "-", with no "-" at an end, 253
 * characters in all. Upper case is as good as lower. Host names have no "_", but DNS has it, and resolvers and
 * networks outside of Kubernetes take it.
 */
export function isDnsName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.');
  return name.length <= 253 && labels.every(
    label => /^[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?$/.test(label),
  );
}

/** Whether a host is what JavaScript makes of a variable without a value in a text: `http://${host}/`. */
export function isUnset(host: string): boolean {
  return /^(undefined|null|NaN)$/.test(host);
}

/** Whether a name leads to the pod itself. */
export function isLocalhost(name: string): boolean {
  return /^(.+\.)?localhost(\.localdomain)?\.?$/i.test(name);
}

/** No resolver looks up a name of numbers alone. */
export function looksLikeIPv4(host: string): boolean {
  return /^\d+(\.\d+)+$/.test(host);
}
