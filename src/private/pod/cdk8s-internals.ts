/**
 * What cdk8s, cdk8s-plus and jsii keep to themselves and this library needs nevertheless. It is all here,
 * because a new version of theirs may move it: then an error names what has moved, instead of a manifest that
 * silently lacks something.
 */
import { ApiObject, type JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { JSII_CLASS } from '../values/class-name';
import { refuseAll } from '../values/refuse';

/** The JSON patches of an object, in the order in which they apply. */
export function patchesOf(object: ApiObject): readonly JsonPatch[] {
  const { patches } = object as unknown as { patches?: JsonPatch[] };
  return Array.isArray(patches) ? patches : moved('cdk8s', 'its JSON patches', object.node.path);
}

/** What an object would be written as with more patches. */
export function renderedWith(object: ApiObject, ...more: JsonPatch[]): any {
  const patches = { value: [...patchesOf(object), ...more] };
  return Object.create(object, { patches }).toJson();
}

/** Whether the class of an object maps what its patches made once more, as those of `cdk8s import` do. */
export function mapsPatchedJson(object: ApiObject): boolean {
  const { toJson } = object as { toJson: ApiObject['toJson'] & { [ORIGINAL]?: unknown } };
  return (toJson[ORIGINAL] ?? toJson) !== ApiObject.prototype.toJson;
}

/** The construct whose only object this is, as cdk8s-plus makes them, or else the object itself. */
export function makerOf(object: ApiObject): IConstruct {
  return object.node.id === 'Resource' ? object.node.scope! : object;
}

/** The version of cdk8s-plus of which a construct is a workload. */
export function plusVersionOf(construct: IConstruct): number | undefined {
  for (let each: any = construct.constructor; each; each = Object.getPrototypeOf(each)) {
    const version = /^cdk8s-plus-(\d+)\.AbstractPod$/.exec(each[JSII_CLASS]?.fqn ?? '');
    if (version) return Number(version[1]);
  }
  return undefined;
}

/** The containers of a workload: its own lists where they can be had, because the public ones are copied each time. */
export function containerListsOf(
  workload: kplus.AbstractPod,
): readonly (readonly kplus.Container[])[] {
  const { _initContainers, _containers } = workload as unknown as {
    [list: string]: kplus.Container[] | undefined;
  };
  return [_initContainers ?? workload.initContainers, _containers ?? workload.containers];
}

/**
 * Whether a workload leaves out its volumes unless it has claim templates, as a StatefulSet of cdk8s-plus-31
 * to 34 does.
 */
export function dropsVolumes(workload: kplus.AbstractPod): boolean {
  return '_filterPodSpecVolumes' in workload;
}

/** A volume that is only named, for which cdk8s-plus-28 has no way to make it. */
export function namedVolume(scope: Construct, name: string): kplus.Volume {
  return Reflect.construct(kplus.Volume, [scope, name, name, {}]);
}

/** A volume of several sources, which cdk8s-plus-28 does not model. */
export function projectedVolume(
  scope: Construct,
  name: string,
  sources: kplus.k8s.VolumeProjection[],
): kplus.Volume {
  return Reflect.construct(kplus.Volume, [scope, name, name, { projected: { sources } }]);
}

/** A variable that comes from somewhere, as it is written into a pod spec. */
export function rawEnvValue(valueFrom: kplus.k8s.EnvVarSource | { fileKeyRef: object }): kplus.EnvValue {
  return Reflect.construct(kplus.EnvValue, [undefined, valueFrom]);
}

/** All variables of a ConfigMap or Secret, as they are written into a pod spec. */
export function rawEnvFrom(source: kplus.k8s.EnvFromSource): kplus.EnvFrom {
  return Object.assign(new kplus.EnvFrom(), { _toKube: () => source });
}

/** A container or a volume as it is written into a pod spec. */
export function toKube<T>(part: { _toKube(): T }): T {
  return typeof part._toKube === 'function' ? part._toKube()
    : moved('cdk8s-plus', 'the manifests of containers and volumes');
}

/** A probe as it is written into a pod spec, unless it leaves its port to the container that it is a probe of. */
export function probeToKube(probe: kplus.Probe): kplus.k8s.Probe | undefined {
  if (typeof probe._toKube !== 'function') return moved('cdk8s-plus', 'the manifests of probes');
  const [one, other] = [1, 2].map(portNumber =>
    probe._toKube(new kplus.Container({ image: 'of no interest', portNumber })));
  return JSON.stringify(one) === JSON.stringify(other) ? one : undefined;
}

/** Writes fields into a container that its version of cdk8s-plus has no property for. */
export function withFields(
  container: kplus.Container,
  fields: Partial<kplus.k8s.Container>,
): kplus.Container {
  const original = container._toKube;
  if (typeof original !== 'function') {
    return moved('cdk8s-plus', 'the manifests of containers and volumes');
  }
  container._toKube = () => ({ ...original.call(container), ...fields });
  return container;
}

/** Changes what an object is written as, behind its patches and what its class makes of them. */
export function changeManifest(object: ApiObject, change: (manifest: any) => void): void {
  const original = object.toJson;
  const changed = function (this: ApiObject) {
    const manifest = original.call(this);
    change(manifest);
    return manifest;
  };
  object.toJson = Object.assign(changed, { [ORIGINAL]: original });
}

/** What a method was before it was wrapped. */
const ORIGINAL = Symbol('original');

/**
 * Wraps what apps are synthesized with, because cdk8s has no hook for it. A root that is no app is never
 * synthesized as a whole.
 *
 * It is the class that is wrapped: programs in other languages call the methods of the class, and what they
 * override stands in the object itself.
 */
export function wrapSyntheses(
  root: IConstruct,
  around: (app: IConstruct, synthesize: () => unknown) => unknown,
): void {
  for (const method of ['synth', 'synthYaml']) {
    const owner = classWith(root, method);
    const original = owner?.[method];
    if (typeof original !== 'function' || WRAPPED in original) continue;
    const wrapper = function (this: IConstruct, ...args: unknown[]) {
      return around(this, () => original.apply(this, args));
    };
    const value = Object.assign(wrapper, { [WRAPPED]: true });
    Object.defineProperty(owner, method, { value, configurable: true, writable: true });
  }
}

/** Marks a method that is wrapped, by whichever copy of this library. */
const WRAPPED = Symbol.for('cdk8s-init-containers.wrapped');

/** The prototype that a method of an object comes from. */
function classWith(object: object, method: string): any {
  let prototype = Object.getPrototypeOf(object);
  while (prototype && !Object.hasOwn(prototype, method)) prototype = Object.getPrototypeOf(prototype);
  return prototype;
}

function moved(library: string, what: string, path?: string): never {
  return refuseAll(
    { of: 'cdk8s-init-containers', path },
    `this version of ${library} keeps ${what} elsewhere`,
    'report it',
  );
}
