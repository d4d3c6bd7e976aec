import type { Edge, Plan } from './plan';
import { behind, listed, waiting, type Remark } from './remark';
import type { AppService } from './services';
import { makerOf } from '../pod/cdk8s-internals';

const ESCAPE = 'or write .answeredByOthers() behind the endpoint if something answers there that this program does not make';

/** What can never start: all that the synthesis refuses. */
export function refusalsOf(plan: Plan): Remark[] {
  const refused = plan.edges.flat().flatMap(edge => [...portMissing(edge), ...nearlySelected(plan, edge)]);
  return [...refused, ...plan.circles().map(circular)];
}

function portMissing(edge: Edge): Remark[] {
  const { from, endpoint, service } = edge;
  if (!service || service.headless || service.externalName !== undefined || endpoint.port === undefined) return [];
  if (service.tcpPorts.includes(endpoint.port)) return [];
  const ports = service.tcpPorts.length > 0 ? `only ${listed(service.tcpPorts.map(String))}` : 'no TCP port';
  return [{
    from,
    message: `${waiting(edge)}, but Service ${pathOf(service)} has ${ports}`,
    remedy: `wait for a port that the Service has, or add port ${endpoint.port} to it, ${ESCAPE}`,
  }];
}

function nearlySelected(plan: Plan, edge: Edge): Remark[] {
  const { from, service, to } = edge;
  const miss = service && to.length === 0 && Object.keys(service.selector).length > 0 ? plan.nearMissOf(service) : undefined;
  if (!miss) return [];
  return [{
    from,
    message: `${waiting(edge)}, but Service ${pathOf(service!)} selects no pod of this app: `
      + `no pod has the label ${miss.wrong.join('=')}. Did you mean ${miss.right.join('=')}, which ${miss.workload.path} has?`,
    remedy: `correct the selector of the Service or the labels of the pods, ${ESCAPE}`,
  }];
}

function circular(circle: Edge[]): Remark {
  const [edge] = circle;
  const { from } = edge;
  if (circle.length === 1) {
    return {
      from,
      message: `${waiting(edge)}, a Service of its own pods, which are not ready before the step has ended`,
      remedy: `remove the endpoint, ${ESCAPE}`,
    };
  }
  const lines = circle.map(each => `${each.from.path} waits for ${behind(each)} in step '${each.wait.step.node.id}' (${each.endpoint.address})`);
  return {
    from,
    others: circle.slice(1).map(each => each.from),
    message: `can never start, because these ${circle.length} workloads wait for each other in a circle and none can be the first:\n    ${lines.join('\n    ')}`,
    remedy: 'remove one of these endpoints, best from an app that can connect later, when the other one is up, '
      + ESCAPE,
  };
}

/** The path of a Service as the program has it. */
function pathOf({ object }: AppService): string {
  return makerOf(object).node.path;
}
