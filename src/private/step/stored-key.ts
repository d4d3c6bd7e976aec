import type * as kplus from 'cdk8s-plus-28';
import { textSource, type StoredKey } from './text-source';

const NONE: readonly StoredKey[] = [];

/** The keys that a step reads in its variables and files. */
export function storedKeys(
  env: { readonly [name: string]: kplus.EnvValue } = {},
  files: { readonly [path: string]: object } = {},
): readonly StoredKey[] {
  const keys = [
    ...Object.values(env).flatMap(keyOfVariable),
    ...Object.values(files).flatMap(keyOfFile),
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
  return textSource.required(source).file?.stored ?? NONE;
}
