import type { StartupFinding } from './finding';
import type { Edge, Plan } from './plan';
import { backendsInWords, listed, waitInWords } from './wording';
import { makerOf } from '../pod/cdk8s-internals';
import type { ServiceManifest } from '../step/service-manifest';

const ESCAPE =
  'or write .answeredByOthers() behind the endpoint if something answers there that this program does not make';

/** What can never start: all that the synthesis refuses. */
export function refusalsOf(plan: Plan): StartupFinding[] {
  const refused = plan.edges
    .flat()
    .flatMap(edge => [...portMissing(edge), ...nearlySelected(plan, edge)]);
  return [
    ...refused,
    ...plan.cycles().map(cycle => (cycle.length === 1 ? ownService(cycle[0]) : inCycle(cycle))),
  ];
}

function portMissing(edge: Edge): StartupFinding[] {
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
    remedy: `wait for a port that the Service has, or add port ${port} to it, ${ESCAPE}`,
  }];
}

function nearlySelected(plan: Plan, edge: Edge): StartupFinding[] {
  const { from, service, backends } = edge;
  if (!service || backends.length > 0 || Object.keys(service.selector).length === 0) return [];
  const typo = plan.typoIn(service);
  if (!typo) return [];
  const { owner, wrong, right } = typo;
  return [
    {
      from,
      message:
        `${waitInWords(edge)}, but Service ${pathOf(service)} selects no pod of this app: `
        + `no pod has the label ${wrong.join('=')}. Did you mean ${right.join('=')}, which ${owner.path} has?`,
      remedy: `correct the selector of the Service or the labels of the pods, ${ESCAPE}`,
    },
  ];
}

function ownService(edge: Edge): StartupFinding {
  return {
    from: edge.from,
    message: `${waitInWords(edge)}, a Service of its own pods, which are not ready before the step has ended`,
    remedy: `remove the endpoint, ${ESCAPE}`,
  };
}

function inCycle(cycle: Edge[]): StartupFinding {
  const [from, ...others] = cycle.map(edge => edge.from);
  const lines = cycle.map(
    edge =>
      `${edge.from.path} waits for ${backendsInWords(edge)} in step '${edge.wait.step.node.id}' (${edge.address})`,
  );
  return {
    from,
    others,
    message:
      `can never start, because these ${cycle.length} workloads wait for each other in a circle `
      + `and none can be the first:\n    ${lines.join('\n    ')}`,
    remedy:
      'remove one of these endpoints, best from an app that can connect later, when the other one is up, '
      + ESCAPE,
  };
}

/** The path of a Service as the program has it. */
function pathOf({ object }: ServiceManifest): string {
  return makerOf(object).node.path;
}
