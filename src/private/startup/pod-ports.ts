import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { backendsInWords, listed, pathOf, unlessOthersAnswer, waitInWords } from './wording';
import { portsIn, type ContainerPort } from '../step/named-port';

/** A wait for the port of a headless Service, which leads straight to that port of its pods. */
interface UntranslatedPort extends StartupFinding {
  /** Whether the pods declare their ports, and not this one. */
  readonly isFact: boolean;
}

/** Waits for a port that a Service would translate if it were not headless. */
export function untranslatedPort(plan: Plan, edge: EndpointEdge): UntranslatedPort[] {
  const { from, service, target: { port, construct } } = edge;
  if (construct || port === undefined || !service?.isHeadless) return [];
  const targetPort = targetPortOf(edge);
  if (targetPort === undefined || targetPort === port) return [];
  const declared = declaredBehind(plan, edge);
  if (declared?.some(each => each.containerPort === port)) return [];
  return [{
    isFact: declared !== undefined,
    from,
    message: `${waitInWords(edge)}, but Service ${pathOf(service)} is headless and translates no ports: `
      + `its pods answer on ${targetPort}, its targetPort`,
    remedy: `use Endpoint.service, or wait for the port of the pods, ${unlessOthersAnswer(edge)}`,
  }];
}

/** Waits for a Service that leads to a port which no container behind it declares. */
export function undeclaredPort(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  const { from, wait, address, service } = edge;
  const targetPort = service && !service.isHeadless ? targetPortOf(edge) : undefined;
  if (typeof targetPort !== 'number') return [];
  const numbers = declaredBehind(plan, edge)?.map(({ containerPort }) => containerPort) ?? [targetPort];
  if (numbers.includes(targetPort)) return [];
  return [{
    from,
    step: wait.step,
    message: `waits for ${address}, which leads to port ${targetPort} of ${backendsInWords(edge)}, `
      + `where containers declare only ${listed([...new Set(numbers)].map(String))}`,
    remedy: `if nothing listens on ${targetPort}, correct the targetPort of Service ${pathOf(service!)}`,
  }];
}

/** Waits for a port of its own pod that no sidecar before the step declares. */
export function undeclaredBySidecars({ from, wait, address, sidecars }: EndpointEdge): StartupFinding[] {
  const { before, otherPorts } = sidecars ?? { before: [], otherPorts: [] };
  if (otherPorts.length === 0) return [];
  const names = before.map(name => `'${name}'`);
  return [{
    from,
    step: wait.step,
    message: `waits for ${address}, but sidecar ${listed(names, 'or')} declares only ${listed(otherPorts.map(String))}`,
    remedy: 'if nothing listens there, correct the port of the endpoint',
  }];
}

function targetPortOf({ service, target }: EndpointEdge): number | string | undefined {
  const known = service!.tcpPorts.find(({ port }) => port === target.port);
  return known && (known.targetPort ?? known.port);
}

/** The ports of the containers that answer, if those of each workload declare some. */
function declaredBehind(
  { answers }: Plan,
  { backends }: EndpointEdge,
): ContainerPort[] | undefined {
  const declared = backends.map(each => portsIn(answers.manifestOf(each)));
  return declared.length === 0 || declared.some(ports => ports.length === 0) ? undefined : declared.flat();
}
