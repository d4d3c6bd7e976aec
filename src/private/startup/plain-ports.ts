import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import type { Workload } from './workloads';
import { WELL_KNOWN_SERVERS } from '../values/well-known-servers';

/** Waits for an open port where its server could be asked whether it is ready. */
export function plainPorts(
  plan: Plan,
  workloads: readonly Workload[],
): StartupFinding[] {
  const edges = workloads.flatMap(({ index }) => plan.endpoints[index]);
  return edges.filter(({ address }) => address.startsWith('tcp://')).flatMap(edge => {
    const server = WELL_KNOWN_SERVERS.find(({ port }) => port === edge.target.port);
    if (!server) return [];
    const { name, member } = server;
    return {
      from: edge.from,
      step: edge.wait.step,
      message: `waits until ${edge.address} accepts connections, as ${name} does before it is ready`,
      remedy: `if it is ${name}, ask it: appProtocol: AppProtocol.${member}`,
    };
  });
}

/** Waits for an answer in one protocol at the port of a server that speaks another one. */
export function otherProtocols(edges: readonly EndpointEdge[]): StartupFinding[] {
  return edges.flatMap(edge => {
    const { from, wait: { step }, address, target } = edge;
    const [scheme] = address.split('://');
    const isHttp = /^https?$/.test(scheme);
    const server = target.answeredByOthers ? undefined : WELL_KNOWN_SERVERS.find(({ port }) => port === target.port);
    if (!server || server.scheme === scheme) return [];
    if (!isHttp && !WELL_KNOWN_SERVERS.some(each => each.scheme === scheme)) return [];
    const option = `appProtocol: AppProtocol.${server.member}`;
    return [{
      from,
      step,
      message: `waits for ${address}, but at port ${server.port} it is mostly ${server.name} that answers`,
      remedy: `if it is ${server.name}, write ${isHttp ? `Endpoint.tcp or Endpoint.service with ${option}` : option}`,
    }];
  });
}
