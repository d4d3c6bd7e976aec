import { Refused, type Connection } from './connection';
import { diagnose, isThere, type Scope } from './diagnose';
import type { Diagnosis } from './diagnosis';
import { readLogs, readSnapshot, RESOURCES, type Resource } from './read-snapshot';
import { logKey, type Snapshot } from './snapshot';
import type { Foreign } from './targets';
import { WrongUse } from '../terminal';

/** How often what was read may lead to what must be read, too: logs to namespaces, and these to other logs. */
const ROUNDS = 4;

/** How many logs are read in all rounds: one for each line of the tree that has one, of which nobody reads more. */
const MOST_LOGS = 50;

/** How many other namespaces are read in all rounds. */
const MOST_NAMESPACES = 10;

const ALL_BUT_SERVICES = (Object.keys(RESOURCES) as Resource[]).filter(
  each => each !== 'services',
);

/** Reads what there is to read, and what that leads to, and says why pods have not started. */
export async function investigate(
  connection: Connection,
  scope: Scope,
): Promise<Diagnosis> {
  let snapshot = await readSnapshot(connection, scope.namespace);
  refuseUnread(snapshot, scope);
  if (snapshot.pods.length === 0) await refuseNoNamespace(connection, scope);
  for (let round = 1; ; round++) {
    const { diagnosis, logs, namespaces } = diagnose(snapshot, scope);
    const unreadLogs = logs
      .filter(each => !snapshot.logs.has(logKey(each)))
      .slice(0, MOST_LOGS - snapshot.logs.size);
    const { namespaces: known = [] } = snapshot;
    const unreadNamespaces = namespaces
      .filter(({ name }) => !known.includes(name))
      .slice(0, 1 + MOST_NAMESPACES - known.length);
    if (round === ROUNDS || unreadLogs.length + unreadNamespaces.length === 0) {
      return diagnosis;
    }
    const [more, ...others] = await Promise.all([
      readLogs(connection, unreadLogs),
      ...unreadNamespaces.map(each => readForeign(connection, each)),
    ]);
    snapshot = [more, ...others].reduce(joined, snapshot);
  }
}

/** Reads another namespace; where there may be none of that name, only if it has Services. */
async function readForeign(connection: Connection, { name, isSure }: Foreign): Promise<Snapshot> {
  const services = await readSnapshot(connection, name, ['services']);
  if (!isSure && services.services.length === 0) return services;
  const others = await readSnapshot(connection, name, ALL_BUT_SERVICES);
  return joined(services, { ...others, namespaces: [] });
}

function refuseUnread(snapshot: Snapshot, scope: Scope): void {
  const { namespace, name, kind = 'pod and no workload' } = scope;
  const where = namespace === undefined ? 'all namespaces' : `namespace ${namespace}`;
  const pods = snapshot.unread.find(({ resource }) => resource === 'pods');
  if (pods) {
    const remedy = namespace === undefined ? '; name one that you may read with -n' : '';
    throw new WrongUse(`${pods.why} the pods of ${where}${remedy}`);
  }
  if (name !== undefined && !isThere(snapshot, scope)) {
    throw new WrongUse(`${where} has no ${kind} '${name}'`);
  }
}

/** A namespace that is empty may be one that there is not, if that may be asked. */
async function refuseNoNamespace({ get }: Connection, { namespace }: Scope): Promise<void> {
  if (namespace === undefined) return;
  try {
    await get(`/api/v1/namespaces/${namespace}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 404) throw new WrongUse(`there is no namespace ${namespace}`);
  }
}

function joined(
  one: Snapshot,
  { logs = new Map(), unread = [], ...more }: Partial<Snapshot>,
): Snapshot {
  return {
    now: one.now,
    namespaces: one.namespaces && [...one.namespaces, ...(more.namespaces ?? [])],
    pods: [...one.pods, ...(more.pods ?? [])],
    services: [...one.services, ...(more.services ?? [])],
    endpointSlices: [...one.endpointSlices, ...(more.endpointSlices ?? [])],
    workloads: [...one.workloads, ...(more.workloads ?? [])],
    events: [...one.events, ...(more.events ?? [])],
    logs: new Map([...one.logs, ...logs]),
    unread: [...one.unread, ...unread.filter(each => !isSaid(each, one))],
  };
}

/** Whether it was said already that something could not be read. */
function isSaid(
  { resource, namespace }: Snapshot['unread'][number],
  { unread }: Snapshot,
): boolean {
  return unread.some(each => each.resource === resource && each.namespace === namespace);
}
