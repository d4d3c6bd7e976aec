import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import type { Workload } from './workloads';

/** Whose servers listen at these ports by custom, and what `AppProtocol` calls them. */
const BY_CUSTOM: { readonly [port: number]: readonly [name: string, member: string] } = {
  3306: ['MySQL', 'MYSQL'],
  5432: ['PostgreSQL', 'POSTGRES'],
  5672: ['RabbitMQ', 'AMQP'],
  6379: ['Redis', 'REDIS'],
  9042: ['Cassandra', 'CASSANDRA'],
  9092: ['Kafka', 'KAFKA'],
  27017: ['MongoDB', 'MONGODB'],
};

/** Waits for an open port where its server could be asked whether it is ready. */
export function plainPorts(plan: Plan, workloads: readonly Workload[]): StartupFinding[] {
  const edges = workloads.flatMap(({ index }) => plan.edges[index]);
  return edges.filter(({ address }) => address.startsWith('tcp://')).flatMap(edge => {
    const [name, member] = BY_CUSTOM[edge.target.port!] ?? [];
    if (name === undefined) return [];
    return {
      from: edge.from,
      step: edge.wait.step,
      message: `waits until ${edge.address} accepts connections, as ${name} does before it is ready`,
      remedy: `if it is ${name}, ask it: appProtocol: AppProtocol.${member}`,
    };
  });
}
