import type { Edge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import type { Workload } from './workloads';
import { WELL_KNOWN_SERVERS } from '../values/well-known-servers';

/** Waits for an open port where its server could be asked whether it is ready. */
export function plainPorts(
  plan: Plan,
  workloads: readonly Workload[],
): StartupFinding[] {
  const edges = workloads.flatMap(({ index }) => plan.edges[index]);
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
export function otherProtocols(edges: readonly Edge[]): StartupFinding[] {
  return edges.flatMap(edge => {
    const asked = WELL_KNOWN_SERVERS.find(({ scheme }) => edge.address.startsWith(`${scheme}://`));
    const server = WELL_KNOWN_SERVERS.find(({ port }) => port === edge.target.port);
    if (!asked || !server || asked === server) return [];
    return [{
      from: edge.from,
      step: edge.wait.step,
      message: `waits for ${edge.address}, but at port ${server.port} it is mostly ${server.name} that answers`,
      remedy: `if it is ${server.name}, write appProtocol: AppProtocol.${server.member}`,
    }];
  });
}
