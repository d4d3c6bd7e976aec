import { addressesMissing } from './addresses';
import { neverMet, ownCondition } from './conditions';
import type { Edge, EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import { foreignStores } from './foreign-stores';
import { missingKeys } from './missing-keys';
import { answersNowhere } from './own-pod';
import type { Plan } from './plan';
import { untranslatedPort } from './pod-ports';
import { edgeInWords, listed, pathOf, unlessOthersAnswer, waitInWords } from './wording';

/** What can never start: all that the synthesis refuses. These are facts; what is guessed is a warning. */
export function refusalsOf(plan: Plan): StartupFinding[] {
  const refused = plan.endpoints
    .flat()
    .flatMap(edge => about([edge], [
      ...portMissing(edge),
      ...podMissing(edge),
      ...addressesMissing(plan, edge),
      ...answersNowhere(edge),
      ...untranslatedPort(plan, edge).filter(({ isFact }) => isFact),
    ]));
  return [
    ...refused,
    ...plan.conditions.flat().flatMap(edge => about([edge], neverMet(edge))),
    ...missingKeys(plan),
    ...foreignStores(plan, plan.workloads).filter(({ isFact }) => isFact),
    ...plan.cycles().flatMap(cycle => about(cycle, [cycle.length === 1 ? ofItself(cycle[0]) : inCycle(cycle)])),
  ];
}

function about(edges: readonly Edge[], findings: readonly StartupFinding[]): StartupFinding[] {
  return findings.map(each => ({ ...each, edges }));
}

function portMissing(edge: EndpointEdge): StartupFinding[] {
  const {
    from,
    service,
    target: { port },
  } = edge;
  if (!service || service.isHeadless || service.externalName !== undefined || port === undefined) {
    return [];
  }
  const ports = service.tcpPorts.map(each => each.port);
  if (ports.includes(port)) return [];
  const known = ports.length > 0 ? `only ${listed(ports.map(String))}` : 'no TCP port';
  return [{
    from,
    message: `${waitInWords(edge)}, but Service ${pathOf(service)} has ${known}`,
    remedy: `wait for a port that the Service has, or add port ${port} to it, ${unlessOthersAnswer(edge)}`,
  }];
}

function podMissing(edge: EndpointEdge): StartupFinding[] {
  const { from, whyNoPod } = edge;
  if (whyNoPod === undefined) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, but ${whyNoPod}`,
    remedy: `correct the name, or wait for the Service itself, ${unlessOthersAnswer(edge)}`,
  }];
}

function ofItself(edge: Edge): StartupFinding {
  return edge.condition ? ownCondition(edge) : ownService(edge);
}

function ownService(edge: EndpointEdge): StartupFinding {
  return {
    from: edge.from,
    message: `${waitInWords(edge)}, a Service of its own pods, which are not ready before the step has ended`,
    remedy: edge.target.minAddresses === undefined
      ? `remove the endpoint, ${unlessOthersAnswer(edge)}`
      : `remove the endpoint, or let the Service publishNotReadyAddresses, ${unlessOthersAnswer(edge)}`,
  };
}

/** What the waits of a circle are for. */
function waitsIn(cycle: Edge[]): string {
  const kinds = new Set(cycle.map(({ condition }) => (condition ? 'conditions' : 'endpoints')));
  return kinds.size > 1 ? 'waits' : [...kinds][0];
}

function inCycle(cycle: Edge[]): StartupFinding {
  const [from, ...others] = cycle.map(edge => edge.from);
  const waits = waitsIn(cycle);
  const lines = cycle.map(edge => `\n    ${edgeInWords(edge)}`).join('');
  return {
    from,
    others,
    message:
      `can never start, because these ${cycle.length} workloads wait for each other in a circle `
      + `and none can be the first:${lines}`,
    remedy: `remove one of these ${waits}, best from an app that can connect later, when the other one is up`
      + (waits === 'conditions' ? '' : `, ${unlessOthersAnswer(cycle[0])}`),
  };
}
