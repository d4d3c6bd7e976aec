import { JsonPatch, type ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';
import type { Workload } from './workloads';
import { Attached } from '../values/attached';
import { refuseAll } from '../values/refuse';

/** Annotations by name. */
export type Annotations = { readonly [name: string]: string };

/** What is to be written into which objects. */
export type Proposals = ReadonlyMap<ApiObject, Annotations>;

/** For which orders an object was annotated. */
const annotatedFor = new Attached<readonly string[]>('annotated', 1);

/** Refuses workloads that were annotated before: what was written then would count as the program's own. */
export function refuseAnnotated(workloads: readonly Workload[], order: string): void {
  const again = workloads.find(({ object }) => annotatedFor.of(object)?.includes(order));
  if (!again) return;
  refuseAll(
    { of: 'StartupGraph', path: again.path },
    `has annotated ${again.path} for '${order}' before, and cannot tell that from what the program wrote`,
    'call annotate once, when all waits are there',
  );
}

/** Remembers that workloads were annotated, also where nothing was to be written. */
export function markAnnotated(workloads: readonly Workload[], order: string): void {
  for (const { object } of workloads) annotatedFor.set(object, [...annotatedFor.of(object) ?? [], order]);
}

/** Writes annotations into objects, so that their manifests have them, whatever patches do. */
export function annotate(proposals: Proposals): void {
  for (const [object, annotations] of proposals) {
    for (const [name, value] of Object.entries(annotations)) annotateWith(object, name, value);
  }
}

function annotateWith(object: ApiObject, name: string, value: string): void {
  object.metadata.addAnnotation(name, value);
  if (annotationsOf(object)[name] === value) return;
  object.addJsonPatch(JsonPatch.add(`/metadata/annotations/${name.replace(/\//g, '~1')}`, value));
}

/** The annotations in the manifest of an object. */
export function annotationsOf(object: ApiObject): Annotations {
  return manifestOf(object).metadata?.annotations ?? {};
}
