/** A Service that a host may be meant for. */
export interface MeantName {
  readonly name: string;
  readonly namespace?: string;
  /** The name of the pod that stands before it, which only a headless Service has. */
  readonly pod?: string;
  /** Whether the host leaves the namespace to that of the pod which asks. */
  readonly isShort?: boolean;
}

/** What a host can mean with the search list of a pod, best first. */
export function namesMeant(
  host: string,
  namespace: string | undefined,
  clusterDomain: string,
): MeantName[] {
  const isAbsolute = host.endsWith('.');
  const name = withoutDot(host).toLowerCase();
  const endings = [
    `.svc.${withoutDot(clusterDomain).toLowerCase()}`,
    ...(isAbsolute ? [] : ['.svc']),
  ];
  const ending = endings.find(each => name.endsWith(each));
  if (isAbsolute && !ending) return [];
  const parts = (ending ? name.slice(0, -ending.length) : name).split('.');
  const [one, two, three] = parts;
  if (parts.length === 1) return ending ? [] : [{ name: one, namespace, isShort: true }];
  if (parts.length === 2) {
    return [
      { name: one, namespace: two },
      ...(ending ? [] : [{ name: two, namespace, pod: one, isShort: true }]),
    ];
  }
  return parts.length === 3 ? [{ name: two, namespace: three, pod: one }] : [];
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
