import { JsonPatch, type ApiObject } from 'cdk8s';
import { mapsPatchedJson, renderedWith } from './cdk8s-internals';
import { valueAt } from './pod-specs';

/** The paths of fields below a pod spec; the places in lists do not count. */
export type Paths = ReadonlySet<string>;

const resources = { 'cpu': '1', 'memory': '1Mi', 'ephemeral-storage': '1Gi' };
const resourceFieldRef = { containerName: 'probe', resource: 'limits.cpu', divisor: '1m' };

const probe = { httpGet: { port: 1 }, tcpSocket: { port: 1 } };

/** The one field of a volume of a step that such a class knows by a name with small letters: `downwardApi`. */
const DOWNWARD_API = 'volumes.projected.sources.downwardAPI';

/** Every quantity, every port that may have a name, and what may be called otherwise, that a step may bring. */
const PROBE = {
  initContainers: [{
    name: 'probe',
    startupProbe: probe,
    livenessProbe: probe,
    readinessProbe: probe,
    resources: { limits: resources, requests: resources },
    env: [{ name: 'probe', valueFrom: { resourceFieldRef } }],
  }],
  volumes: [{
    name: 'probe',
    emptyDir: { sizeLimit: '1Mi' },
    projected: { sources: [{ downwardAPI: { items: [{ path: 'probe' }] } }] },
  }],
};

/**
 * The quantities and ports that an object loses from its patches unless they are written `{ value: '1Mi' }`.
 *
 * Classes of `cdk8s import` map their patched JSON once more, and each of these as their schema has it: what
 * it types vanishes as a plain one, what it does not would stay an object. So does a field under the name that it has
 * in JSON if the class has another one for it.
 */
export function typedQuantities(object: ApiObject, pathOfSpec: string): Paths {
  if (!mapsPatchedJson(object)) return new Set();
  const patches = Object.entries(PROBE).map(
    ([list, elements]) => JsonPatch.add(`${pathOfSpec}/${list}`, elements),
  );
  return new Set(lostPaths(PROBE, valueAt(renderedWith(object, ...patches), pathOfSpec)));
}

/** The paths of what is in one JSON value and not in the other. */
export function lostPaths(wanted: unknown, got: unknown, path = ''): string[] {
  if (!(wanted instanceof Object)) return wanted === got ? [] : [path];
  return Object.entries(wanted).flatMap(([key, value]) =>
    lostPaths(value, (got as any)?.[key], Array.isArray(wanted) ? path : joined(path, key)),
  );
}

/** A JSON value in which the fields at some paths are written `{ value }`, or under the name that a class has. */
export function withTyped(value: unknown, paths: Paths, path: string): unknown {
  if (paths.has(path)) return { value };
  if (Array.isArray(value)) return value.map(each => withTyped(each, paths, path));
  if (!(value instanceof Object)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const below = joined(path, key);
      const isRenamed = below === DOWNWARD_API && paths.has(`${below}.items.path`);
      return isRenamed ? ['downwardApi', each] : [key, withTyped(each, paths, below)];
    }),
  );
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
