import { isSlip } from '../values/slips';

/** `svc` has three letters. */
const SHORTEST_PART = 3;

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

/**
 * What a host can mean if what stands behind a Service and its namespace is mistyped: one part of `svc` and the
 * cluster's domain, or the namespace, is left out or has a slip.
 */
export function namesBeforeWrongEnding(
  host: string,
  namespaces: Iterable<string | undefined>,
  clusterDomain: string,
): MeantName[] {
  const [one, ...behind] = withoutDot(host).toLowerCase().split('.');
  const domain = withoutDot(clusterDomain).toLowerCase().split('.');
  return [...namespaces].flatMap(namespace => {
    const right = [...namespace === undefined ? [] : [namespace], 'svc'];
    const isMeant = (ending: string[]) =>
      ending.length > 0 && [[...right, ...domain], right].some(each => isNearly(ending, each));
    return [
      ...isMeant(behind) ? [{ name: one, namespace }] : [],
      ...isMeant(behind.slice(1)) ? [{ name: behind[0], namespace, pod: one }] : [],
    ];
  });
}

/** Whether parts of a name are others but for one, which is left out or has a slip. */
function isNearly(parts: readonly string[], right: readonly string[]): boolean {
  const first = right.findIndex((part, index) => part !== parts[index]);
  if (first < 0) return false;
  const rest = right.slice(first + 1);
  const isRest = (others: readonly string[]) => others.join('.') === rest.join('.');
  if (isRest(parts.slice(first))) return parts.length > 1;
  return isSlip(parts[first] ?? '', right[first], SHORTEST_PART) && isRest(parts.slice(first + 1));
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
