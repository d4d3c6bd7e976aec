import { Refused, type Connection } from './connection';
import type { KubernetesObject } from './objects';
import { logKey, type LogOf, type Snapshot, type Unread } from './snapshot';
import { oneLine } from './trouble';
import { WrongUse } from '../terminal';

/** How many objects come at a time. */
const PAGE = 500;

/** How many pages are read of a list. */
const MOST_PAGES = 400;

/** How much of the end of a log is read. */
const LINES = 50;
const MOST_BYTES = 256 * 1024;

/** In milliseconds: the log of a node that is away does not come, and the rest is worth more than waiting for it. */
const LONGEST_LOG = 3000;

/** What is read: the API that has it, and its name in the plural and in the singular. */
export const RESOURCES = {
  pods: ['/api/v1', 'Pod'],
  services: ['/api/v1', 'Service'],
  events: ['/api/v1', 'Event'],
  endpointslices: ['/apis/discovery.k8s.io/v1', 'EndpointSlice'],
  deployments: ['/apis/apps/v1', 'Deployment'],
  statefulsets: ['/apis/apps/v1', 'StatefulSet'],
  daemonsets: ['/apis/apps/v1', 'DaemonSet'],
  replicasets: ['/apis/apps/v1', 'ReplicaSet'],
  jobs: ['/apis/batch/v1', 'Job'],
} as const;

export type Resource = keyof typeof RESOURCES;

const WORKLOADS: readonly Resource[] = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
];

type Objects = { readonly [resource in Resource]: KubernetesObject[] };

const NOTHING = Object.fromEntries(Object.keys(RESOURCES).map(each => [each, []]));

/** Reads objects of a namespace, or of all of them. What may not be read is left out, and said. */
export async function readSnapshot(
  connection: Connection,
  namespace?: string,
  resources = Object.keys(RESOURCES) as Resource[],
): Promise<Snapshot> {
  const unread: Unread[] = [];
  const lists = await Promise.all(
    resources.map(async resource => {
      try {
        return [resource, await list(connection, resource, namespace)] as const;
      } catch (error) {
        unread.push({ resource, namespace, why: whyUnread(error) });
        return [resource, []] as const;
      }
    }),
  );
  const objects = { ...NOTHING, ...Object.fromEntries(lists) } as Objects;
  return {
    now: Date.now(),
    namespaces: namespace === undefined ? undefined : [namespace],
    pods: objects.pods as Snapshot['pods'][number][],
    services: objects.services as Snapshot['services'][number][],
    endpointSlices: objects.endpointslices as Snapshot['endpointSlices'][number][],
    events: objects.events as Snapshot['events'][number][],
    workloads: WORKLOADS.flatMap(each => objects[each]) as Snapshot['workloads'][number][],
    logs: new Map(),
    unread,
  };
}

/** The last lines of logs, by `logKey`. There is none of a container that has not run. */
export async function readLogs(
  connection: Connection,
  wanted: readonly LogOf[],
): Promise<Pick<Snapshot, 'logs' | 'unread'>> {
  const unread: Unread[] = [];
  const logs = await Promise.all(
    wanted.map(async (each): Promise<[string, string[]]> => {
      const { namespace, pod, container } = each;
      const asked = new URLSearchParams({
        container,
        tailLines: `${LINES}`,
        limitBytes: `${MOST_BYTES}`,
      });
      const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${asked}`;
      const text = await connection.get(path, LONGEST_LOG).catch(error => {
        if (error.status === 403) {
          unread.push({ resource: 'logs', namespace, why: whyUnread(error) });
        }
        return '';
      });
      return [logKey(each), text.split('\n')];
    }),
  );
  return { logs: new Map(logs), unread: unread.slice(0, 1) };
}

async function list(
  connection: Connection,
  resource: Resource,
  namespace?: string,
): Promise<KubernetesObject[]> {
  const [api, kind] = RESOURCES[resource];
  const where = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const path = `${api}${where}/${resource}`;
  const asked = new URLSearchParams({ limit: `${PAGE}` });
  if (resource === 'events') asked.set('fieldSelector', 'type=Warning');
  const found: KubernetesObject[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, next } = pageOf(await connection.get(`${path}?${asked}`));
    for (const item of items) found.push({ ...item, kind });
    if (!next) return found;
    asked.set('continue', next);
  }
  const remedy = namespace === undefined ? '; name a namespace with -n' : '';
  throw new WrongUse(`there are more than ${MOST_PAGES * PAGE} ${resource}${remedy}`);
}

/** A part of a list. Of an empty one the items may be `null`. */
function pageOf(body: string): { items: readonly KubernetesObject[]; next?: string } {
  try {
    const { items, metadata } = JSON.parse(body);
    if (items === null || Array.isArray(items)) {
      return { items: items ?? [], next: metadata?.continue };
    }
  } catch {
    // A page to log in, say.
  }
  throw new WrongUse(`what answers is not the API of Kubernetes: ${oneLine(body).slice(0, 80)}`);
}

/** The beginning of a sentence that ends with what was asked for. */
function whyUnread(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  const { status, message } = error;
  if (status === 403) return 'you may not read';
  if (status === 404) return 'the cluster does not know';
  if (status === 401) {
    throw new WrongUse(`the cluster does not know who asks (${message}); log in anew`);
  }
  throw new WrongUse(`the cluster answers ${status}: ${message}`);
}
