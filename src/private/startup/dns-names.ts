/** A Service that a host may be meant for. */
export interface MeantName {
  readonly name: string;
  readonly namespace?: string;
  /** Whether the name of a pod stands before it, which only a headless Service has. */
  readonly isOfPod?: boolean;
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
  if (parts.length === 1) return ending ? [] : [{ name: one, namespace }];
  if (parts.length === 2) {
    return [
      { name: one, namespace: two },
      ...(ending ? [] : [{ name: two, namespace, isOfPod: true }]),
    ];
  }
  return parts.length === 3 ? [{ name: two, namespace: three, isOfPod: true }] : [];
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
