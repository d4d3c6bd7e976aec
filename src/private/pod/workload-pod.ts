import { ApiObject, Chart, Include } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { makerOf } from './cdk8s-internals';
import { fragmentOf } from './fragment';
import { JsonPod } from './json-pod';
import { isPlusWorkload, PlusPod } from './plus-pod';
import type { Pod } from './pod';
import { podSpecsIn } from './pod-specs';
import { keepPod, keptPodOf, recordOf } from './workload-record';
import { Attached } from '../values/attached';
import { classNameOf } from '../values/class-name';
import { inWords, refuseWith, type Place } from '../values/refuse';

/** How many workloads an error names. */
const MOST_NAMED = 3;

/** The pod of the nearest workload at or above a construct. */
export function podOf(scope: IConstruct): Pod | undefined {
  for (let construct: IConstruct | undefined = scope; construct; construct = construct.node.scope) {
    const pod = podAt(construct);
    if (pod) return pod;
  }
  return undefined;
}

/** The pod of a workload, or of a construct that is made around one. */
function podAt(construct: IConstruct): Pod | undefined {
  const kept = keptPodOf(construct);
  if (kept) return kept;
  if (isPlusWorkload(construct)) return new PlusPod(construct);
  if (ApiObject.isApiObject(construct)) {
    return isPlusWorkload(makerOf(construct)) ? undefined : JsonPod.of(construct);
  }
  const child = Chart.isChart(construct) ? undefined : construct.node.defaultChild;
  return child && podAt(child);
}

/** The pod in an object, or of the cdk8s-plus workload that made the object. */
export function podIn(object: ApiObject): Pod | undefined {
  const maker = makerOf(object);
  if (isPlusWorkload(maker)) return podAt(maker);
  return keptPodOf(object) ?? JsonPod.of(object);
}

/** The same, and those in unusual places of it. */
export function podsIn(object: ApiObject): Pod[] {
  const elsewhere = object.node.children.filter(child => specPaths.of(child) !== undefined);
  return [podIn(object), ...elsewhere.map(keptPodOf)].flatMap(pod => pod ?? []);
}

/** Has a construct stand for one of the pod specs of an object. */
export function keepPodAt(construct: IConstruct, object: ApiObject, specPath: string): void {
  specPaths.set(construct, specPath);
  keepPod(JsonPod.at(construct, object, specPath));
}

/** Has a construct stand for a pod of which only parts are known: those in an object that is written nowhere. */
export function keepFragment(construct: IConstruct, object: ApiObject): void {
  fragmentOf.set(construct, { object, partsRead: new Set() });
  recordOf(object).pod = keepPod(JsonPod.at(construct, object, '/spec'));
}

/** The construct that stands for a pod spec of an object. */
export function templateAt({ node }: ApiObject, specPath: string): IConstruct | undefined {
  return node.children.find(child => specPaths.of(child) === specPath);
}

/** Where the pod spec is that a construct stands for. */
const specPaths = new Attached<string>('spec-path', 1);

/** The pod of the nearest workload at or above a scope that the user gave. */
export function requirePod(place: Place, scope: IConstruct): Pod {
  return podOf(scope) ?? refuseWith(place, 'scope', {
    must: 'be a workload (a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus, '
    + 'or an ApiObject with a pod template) or a construct below one',
    got: inWords(`${classNameOf(scope)} '${scope.node.path}'`),
    remedy: remedyFor(place, scope),
  });
}

function remedyFor(place: Place, scope: IConstruct): string {
  if (scope instanceof Include) return remedyForInclude(scope);
  if (ApiObject.isApiObject(scope) && scope.kind === 'List') {
    return 'make an ApiObject of each of its items, and name the one with the pod template';
  }
  if (ApiObject.isApiObject(scope)) {
    const [specPath] = podSpecsIn(manifestIn(scope));
    if (specPath) return `write new PodTemplate(object, 'pod', { specPath: '${specPath}' }), and name that`;
  }
  const below = scope.node.findAll().filter(holdsPod).map(({ node }) => node.path);
  if (below.length === 0) return `write new ${place.of}(deployment, ...)`;
  return `name a workload below it: ${below.slice(0, MOST_NAMED).join(', ')}`;
}

function remedyForInclude({ apiObjects }: Include): string {
  const workload = apiObjects.find(holdsPod);
  if (!workload) return 'none of its objects has a pod template';
  const { kind, name } = workload;
  return `name one of its objects: .apiObjects.find(each => each.kind === '${kind}' && each.name === '${name}')`;
}

/** Nothing of an object that cannot be rendered yet. */
function manifestIn(object: ApiObject): unknown {
  try {
    return object.toJson();
  } catch {
    return undefined;
  }
}

/** An object that cannot be rendered yet is left out. */
function holdsPod(construct: IConstruct): boolean {
  try {
    return podAt(construct) !== undefined;
  } catch {
    return false;
  }
}
