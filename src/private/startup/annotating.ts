import { JsonPatch, type ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';

/** Annotations by name. */
export type Annotations = { readonly [name: string]: string };

/** What is to be written into which objects. */
export type Proposals = ReadonlyMap<ApiObject, Annotations>;

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
