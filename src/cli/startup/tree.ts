import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { templateOf } from '../../private/pod/pod-specs';
import { keepPodAt } from '../../private/pod/workload-pod';
import type { Manifest } from '../manifests/manifest';
import type { Pod } from '../manifests/pods';
import { printable } from '../printable';

/**
 * Manifests as a tree of constructs, as a program would have made it: the paths of its objects are
 * `shop/Deployment/web`, without a namespace `Deployment/web`.
 *
 * Where two files have an object of one name, they are meant for two clusters, and all paths begin with the file.
 */
export class ManifestTree {
  /** A chart, because its path is empty, and without an app, because nothing is ever synthesized. */
  public readonly root: Construct = new Chart(undefined as unknown as Construct, '');
  private readonly objects = new Map<Manifest, ApiObject>();
  private readonly isByFile: boolean;

  public constructor(all: readonly Manifest[]) {
    this.isByFile = haveNamesInCommon(all);
    for (const manifest of all) this.objects.set(manifest, this.add(manifest));
  }

  /** The construct that holds a pod: its object, or one below that where the pod is in an unusual place. */
  public workloadOf({ manifest, pointer }: Pod): Construct {
    const object = this.objects.get(manifest)!;
    if (templateOf(object.toJson())?.path === pointer) return object;
    const construct = new Construct(object, freeId(object, pointer.slice(1).replace(/\//g, '.')));
    keepPodAt(construct, object, pointer);
    return construct;
  }

  private add(manifest: Manifest): ApiObject {
    const { kind, namespace } = manifest;
    const files = this.isByFile ? manifest.placeOf('').file.split('/').filter(part => part !== '') : [];
    const around = files.reduce((scope: Construct, part) => below(scope, part, Construct), this.root);
    const inNamespace = namespace === undefined ? around : below(around, namespace, Chart);
    return new ObjectAsRead(below(inNamespace, kind, Construct), manifest);
  }
}

/** An object that is written as it was read. */
class ObjectAsRead extends ApiObject {
  private readonly json: any;

  public constructor(scope: Construct, { object, kind, name, namespace }: Manifest) {
    const { apiVersion } = object;
    const isVersion = typeof apiVersion === 'string' && /^[^/]+(\/[^/]+)?$/.test(apiVersion);
    const version = isVersion ? apiVersion : 'v1';
    super(scope, freeId(scope, name), { apiVersion: version, kind, metadata: { name, namespace } });
    this.json = { ...withoutNulls(object) as object, apiVersion: version, kind };
  }

  public toJson(): any {
    return this.json;
  }
}

/** What is null is not there, for Kubernetes as well. In a list it is empty instead: the others keep their places. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(each => withoutNulls(each ?? {}));
  if (!(value instanceof Object)) return value;
  const given = Object.entries(value).filter(([, each]) => each != null);
  return Object.fromEntries(given.map(([key, each]) => [key, withoutNulls(each)]));
}

function haveNamesInCommon(all: readonly Manifest[]): boolean {
  const files = new Map<string, string>();
  return all.some(each => {
    const name = [each.object.apiVersion, each.kind, each.namespace, each.name].join(' ');
    const { file } = each.placeOf('');
    const known = files.get(name) ?? file;
    files.set(name, file);
    return isNamed(each) && known !== file;
  });
}

/** Objects that have no name before they are made are all different. */
function isNamed({ object }: Manifest): boolean {
  return typeof object.metadata?.name === 'string';
}

function below(
  scope: Construct,
  name: string,
  Made: new (scope: Construct, id: string) => Construct,
): Construct {
  const id = printable(name);
  return scope.node.tryFindChild(id) as Construct | undefined ?? new Made(scope, id);
}

/** An id that no other child has: `web`, `web (2)`, and so on. */
export function freeId({ node }: IConstruct, name: string): string {
  const first = printable(name);
  let id = first;
  for (let number = 2; node.tryFindChild(id); number++) id = `${first} (${number})`;
  return id;
}
