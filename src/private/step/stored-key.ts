import type * as kplus from 'cdk8s-plus-28';
import { shownStore } from './shown-store';
import { textSource, type StoredKey } from './text-source';

const NONE: readonly StoredKey[] = [];

/** The keys that a step reads in its variables, files and volumes. */
export function storedKeys(
  env: { readonly [name: string]: kplus.EnvValue } = {},
  files: { readonly [path: string]: object } = {},
  volumes: readonly kplus.Volume[] = [],
): readonly StoredKey[] {
  const keys = [
    ...Object.values(env).flatMap(keyOfVariable),
    ...Object.values(files).flatMap(keyOfFile),
    ...volumes.flatMap(keysOfVolume),
  ];
  return keys.length > 0 ? keys : NONE;
}

function keyOfVariable({ valueFrom }: kplus.EnvValue): readonly StoredKey[] {
  if (!valueFrom) return NONE;
  const { configMapKeyRef, secretKeyRef } = valueFrom;
  const { name, key, optional } = configMapKeyRef ?? secretKeyRef ?? {};
  if (name === undefined || key === undefined || optional) return NONE;
  return [{ kind: configMapKeyRef ? 'ConfigMap' : 'Secret', name, key }];
}

function keyOfFile(source: object): StoredKey | readonly StoredKey[] {
  const { file } = textSource.required(source);
  return file?.isOptional ? NONE : file?.stored ?? NONE;
}

function keysOfVolume(volume: kplus.Volume): readonly StoredKey[] {
  const shown = shownStore(volume);
  if (!shown) return NONE;
  const { keys, ...store } = shown;
  return keys.map(key => ({ ...store, key }));
}
