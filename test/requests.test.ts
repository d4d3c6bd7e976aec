import { exampleNames } from './examples';
import { goldenManifests } from './golden';
import { podSpecIn } from './pod-spec';

type Amounts = { [resource: string]: number };

/** CPU in thousandths, memory in mebibytes. */
const UNITS: { [unit: string]: number } = { 'm': 1, '': 1000, 'Mi': 1, 'Gi': 1024 };

/** Of what is limited alone, Kubernetes takes the limit for the request. */
function amounts({ resources = {} }: any, kind: 'requests' | 'limits'): Amounts {
  const given = kind === 'limits' ? resources.limits : { ...resources.limits, ...resources.requests };
  return Object.fromEntries(Object.entries<string>(given ?? {}).map(([resource, text]) => {
    const [, number, unit] = /^([0-9.]+)(m|Mi|Gi|)$/.exec(text)!;
    return [resource, Number(number) * UNITS[unit]];
  }));
}

function combined(all: Amounts[], combine: (numbers: number[]) => number): Amounts {
  const resources = new Set(all.flatMap(Object.keys));
  return Object.fromEntries([...resources].map(resource => [resource, combine(all.map(each => each[resource] ?? 0))]));
}

const sum = (all: Amounts[]) => combined(all, numbers => numbers.reduce((a, b) => a + b));
const most = (all: Amounts[]) => combined(all, numbers => Math.max(...numbers));

/**
 * What the scheduler and a quota count: sidecars and app together, or the largest init container with
 * the sidecars that run by then.
 */
function effective({ initContainers = [], containers }: any, kind: 'requests' | 'limits'): Amounts {
  const sidecars: Amounts[] = [];
  const stages = initContainers.map((container: any) => {
    const stage = sum([...sidecars, amounts(container, kind)]);
    if (container.restartPolicy === 'Always') sidecars.push(amounts(container, kind));
    return stage;
  });
  return most([...stages, sum([...sidecars, ...containers.map((container: any) => amounts(container, kind))])]);
}

/** The pods of an example by the names of their workloads. */
function pods(name: string): [string, any][] {
  return goldenManifests(name).filter(podSpecIn).map(manifest => {
    const { kind, metadata } = manifest;
    return [`${name}: ${kind} ${metadata.name}`, podSpecIn(manifest)];
  });
}

/** An app that requests nothing, as vendors ship them; docs/clusters.md tells what its steps add then. */
const WITHOUT_REQUESTS = ['any-workload: Deployment wiki', 'any-workload: CronJob any-workload-backup-c8e96b53'];

const allPods = exampleNames.flatMap(pods);
const withRequests = allPods.filter(([name]) => !WITHOUT_REQUESTS.includes(name));

/** The room that the directories of its steps may take on the node's disk as long as it lives. */
const DISK = 'ephemeral-storage';

test.each(withRequests)('%s needs no more than app and sidecars do, but for what steps keep on the disk', (_, pod) => {
  const sidecars = (pod.initContainers ?? []).filter(({ restartPolicy }: any) => restartPolicy === 'Always');
  const app = { containers: [...pod.containers, ...sidecars] };
  const { [DISK]: disk, ...others } = effective(pod, 'requests');

  expect(others).toEqual(effective(app, 'requests'));
  expect([undefined, 1024]).toContain(disk);
  expect(effective(pod, 'limits')).toMatchObject(effective(app, 'limits'));
});

test('an app that requests nothing needs with its steps what one of them requests, however many there are', () => {
  const found = allPods.filter(([name]) => WITHOUT_REQUESTS.includes(name));

  expect(found.map(([name, pod]) => [name, effective(pod, 'requests'), effective(pod, 'limits')]))
    .toEqual(WITHOUT_REQUESTS.map(name => [name, { cpu: 10, memory: 16 }, { cpu: 500, memory: 64 }]));
});

test('a pod requests as much as its largest init container or all apps, with the sidecars that run by then', () => {
  const cpu = (millis: number) => ({ resources: { requests: { cpu: `${millis}m` } } });
  const sidecar = { ...cpu(40), restartPolicy: 'Always' };
  const requested = (initContainers: object[], containers: object[]) =>
    effective({ containers, initContainers }, 'requests');

  expect(requested([cpu(120), cpu(10)], [cpu(100), cpu(50)])).toEqual({ cpu: 150 });
  expect(requested([sidecar, cpu(120)], [cpu(100)])).toEqual({ cpu: 160 });
  expect(requested([cpu(120), sidecar], [cpu(100)])).toEqual({ cpu: 140 });
});
