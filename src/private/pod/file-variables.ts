import type { ApiObject } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import { changeManifest } from './cdk8s-internals';
import { templateOf } from './pod-specs';
import { Attached } from '../values/attached';

/** Where a variable is. */
interface Owner {
  readonly container: string | undefined;
  /** JSON pointer to the pod spec, if that is in an unusual place. */
  readonly specPath?: string;
}

/** A variable of a container that comes from a file. */
interface FileVariable extends Owner {
  readonly name: string;
  readonly fileKeyRef: object;
}

/** Those of each object. */
const variables = new Attached<FileVariable[]>('file-variables', 1);

/**
 * Lets those variables of a container that come from files stand in the manifest as they are: classes of Kubernetes
 * before 1.34 leave out where they come from.
 */
export function keepFileVariables(
  object: ApiObject,
  owner: Owner,
  env: { readonly [name: string]: EnvValue } = {},
): void {
  for (const [name, { valueFrom }] of Object.entries(env)) {
    const { fileKeyRef } = valueFrom ?? {};
    if (fileKeyRef) (variables.of(object) ?? keepAll(object)).push({ ...owner, name, fileKeyRef });
  }
}

function keepAll(object: ApiObject): FileVariable[] {
  const kept = variables.set(object, []);
  changeManifest(object, manifest => {
    for (const variable of kept) {
      const { containers = [], initContainers = [] } = templateOf(manifest, variable.specPath)?.spec ?? {};
      complete([...initContainers, ...containers], variable);
    }
  });
  return kept;
}

/** A variable that was taken away or given another source since stays so. */
function complete(containers: any[], { container, name, fileKeyRef }: FileVariable): void {
  const { env = [] } = containers.find(each => each.name === container) ?? {};
  const written = env.find((each: { name?: string }) => each.name === name);
  if (!written || 'value' in written || Object.keys(written.valueFrom ?? {}).length > 0) return;
  written.valueFrom = { fileKeyRef: { ...fileKeyRef } };
}
