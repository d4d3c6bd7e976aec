import type { ApiObject } from 'cdk8s';
import { changeManifest } from './cdk8s-internals';
import { templateOf } from './manifest';
import type { FileKey } from './pod';
import { Attached } from '../values/attached';

/** A variable of a container that comes from a file. */
interface FileVariable {
  readonly container: string | undefined;
  readonly name: string;
  readonly source: FileKey;
}

/** Those of each object. */
const variables = new Attached<FileVariable[]>('file-variables', 1);

/** Lets a variable stand in the manifest as it is: classes of Kubernetes before 1.34 leave out where it comes from. */
export function keepFileVariable(object: ApiObject, variable: FileVariable): void {
  const kept = variables.of(object) ?? keepAll(object);
  kept.push(variable);
}

function keepAll(object: ApiObject): FileVariable[] {
  const kept = variables.set(object, []);
  changeManifest(object, manifest => {
    const containers = templateOf(manifest)?.spec.containers ?? [];
    for (const variable of kept) complete(containers, variable);
  });
  return kept;
}

/** A variable that was taken away or given another source since stays so. */
function complete(containers: any[], { container, name, source }: FileVariable): void {
  const { env = [] } = containers.find(each => each.name === container) ?? {};
  const written = env.find((each: { name?: string }) => each.name === name);
  if (!written || 'value' in written || Object.keys(written.valueFrom ?? {}).length > 0) return;
  written.valueFrom = { fileKeyRef: { ...source } };
}
