import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupBy } from './group';
import { manifestOf } from './manifest-of';
import { NearestByKey } from './nearest';
import type { Plan } from './plan';
import type { Workload } from './workloads';
import { templateOf } from '../pod/pod-specs';
import { recordOf } from '../pod/workload-record';

/** How one object names another, which is in its own namespace unless the name says so. */
interface Name {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Where pod specs and accounts name other objects, and by which key. */
const NAMES: { readonly [field: string]: readonly [kind: string, ...keys: string[]] } = {
  configMap: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  secret: ['Secret', 'secretName', 'name'],
  secretRef: ['Secret', 'name'],
  secretKeyRef: ['Secret', 'name'],
  imagePullSecrets: ['Secret', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
};

/** Kinds that are in no namespace, whatever their chart writes into them. */
const OF_THE_CLUSTER = ['ClusterRole', 'ClusterRoleBinding', 'Namespace'];

/** The workloads that each companion goes with. */
export type Companions = ReadonlyMap<ApiObject, ReadonlySet<Workload>>;

/**
 * The objects that go with some workloads: their namespaces, what their pods and accounts name, what binds roles to
 * these accounts and the roles, what scales them, and what their steps make for themselves.
 */
export function companionsOf(plan: Plan, workloads: readonly Workload[]): Companions {
  const { objects } = plan.answers;
  const names = new Names(objects);
  const companions = new Map<ApiObject, Set<Workload>>();
  const add = (found: readonly ApiObject[], users: Iterable<Workload>) => {
    for (const user of users) for (const object of found) addToSet(companions, object, user);
  };
  for (const workload of workloads) {
    const named = namedByPods(plan, workload);
    add(named.flatMap(each => names.find(each, workload.pod.workload, workload.namespace)), [workload]);
    add(madeForSteps(workload), [workload]);
  }
  for (const [account, users] of [...companions].filter(([{ kind }]) => kind === 'ServiceAccount')) {
    add(names.namedBy(account, namedIn(manifestOf(account))), users);
  }
  const pods = groupBy(workloads, each => each.object);
  for (const object of objects) {
    add([object], names.namedBy(object, scaledBy(object)).flatMap(each => pods.get(each) ?? []));
    const { accounts, roles } = boundBy(object);
    const users = names.namedBy(object, accounts).flatMap(each => [...companions.get(each) ?? []]);
    add([object, ...names.namedBy(object, roles)], users);
  }
  return companions;
}

/** The objects of an app by their names, of which those count that are nearest in the tree to who names them. */
class Names {
  private readonly byName = new NearestByKey<ApiObject>();

  public constructor(objects: Iterable<ApiObject>) {
    for (const object of objects) {
      const { kind, name, metadata: { namespace } } = object;
      this.byName.add(qualified({ kind, name }, namespace), object);
    }
  }

  public find(name: Name, from: IConstruct, namespace: string | undefined): readonly ApiObject[] {
    return this.byName.to(qualified(name, namespace), from);
  }

  public namedBy(object: ApiObject, names: readonly Name[]): ApiObject[] {
    return names.flatMap(each => this.find(each, object, object.metadata.namespace));
  }
}

function addToSet<K, T>(sets: Map<K, Set<T>>, key: K, item: T): void {
  const set = sets.get(key);
  if (set) set.add(item);
  else sets.set(key, new Set([item]));
}

function madeForSteps({ pod: { workload } }: Workload): ApiObject[] {
  const below = recordOf(workload).steps.flatMap(step => step.node.findAll());
  return below.filter(each => ApiObject.isApiObject(each));
}

/** What an autoscaler of Kubernetes, or one of KEDA and their like, scales. */
function scaledBy(object: ApiObject): Name[] {
  if (!/autoscaler$|^ScaledObject$/i.test(object.kind)) return [];
  const { scaleTargetRef, targetRef } = manifestOf(object).spec ?? {};
  const { kind = 'Deployment', name } = { ...targetRef, ...scaleTargetRef };
  return name === undefined ? [] : [{ kind, name }];
}

/** To which accounts a binding gives which role. */
function boundBy(object: ApiObject): { readonly accounts: Name[]; readonly roles: Name[] } {
  if (!/^(Cluster)?RoleBinding$/.test(object.kind)) return { accounts: [], roles: [] };
  const { subjects, roleRef } = manifestOf(object);
  const accounts = (subjects ?? []).filter(({ kind }: Name) => kind === 'ServiceAccount');
  return { accounts, roles: roleRef ? [roleRef] : [] };
}

/** The objects without which the pods of a workload cannot start. */
function namedByPods(plan: Plan, workload: Workload): Name[] {
  const specPath = workload.pod.isFragment ? undefined : workload.pod.specPath;
  const spec: any = templateOf(plan.answers.manifestOf(workload), specPath)?.spec ?? {};
  const { serviceAccountName } = spec;
  return [
    ...workload.namespace ? [{ kind: 'Namespace', name: workload.namespace }] : [],
    ...serviceAccountName ? [{ kind: 'ServiceAccount', name: serviceAccountName }] : [],
    ...namedIn(spec),
  ];
}

function namedIn(value: unknown): Name[] {
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([field, below]) => {
    const [kind, ...keys] = NAMES[field] ?? [];
    const named = kind === undefined ? [] : [below].flat().flatMap(each => {
      const name = keys.map(key => each?.[key]).find(text => typeof text === 'string');
      return name === undefined ? [] : [{ kind, name }];
    });
    return [...named, ...namedIn(below)];
  });
}

function qualified({ kind, name, namespace }: Name, around = ''): string {
  return `${OF_THE_CLUSTER.includes(kind) ? '' : namespace ?? around}/${kind}/${name}`;
}
