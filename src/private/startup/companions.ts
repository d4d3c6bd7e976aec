import { ApiObject } from 'cdk8s';
import { addTo } from './group';
import { manifestOf } from './manifest-of';
import type { Plan } from './plan';
import type { Workload } from './workloads';
import { templateOf } from '../pod/manifest';
import { recordOf } from '../pod/workload-record';

/** Where pod specs name other objects, and by which key. */
const NAMES: { readonly [field: string]: readonly [kind: string, ...keys: string[]] } = {
  configMap: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  secret: ['Secret', 'secretName', 'name'],
  secretRef: ['Secret', 'name'],
  secretKeyRef: ['Secret', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
};

/**
 * The objects that go with some workloads, and which these are: what their pods name, what scales them, and what their
 * steps make for themselves, such as a Role.
 */
export function companionsOf(plan: Plan, workloads: readonly Workload[]): Map<ApiObject, Workload[]> {
  const byName = new Map<string, ApiObject[]>();
  const scaling = new Map<string, ApiObject[]>();
  for (const object of plan.answers.objects) {
    const { namespace } = object.metadata;
    addTo(byName, qualified(namespace, object.kind, object.name), object);
    const { kind, name } = scaledBy(object);
    if (name !== undefined) addTo(scaling, qualified(namespace, kind, name), object);
  }
  const companions = new Map<ApiObject, Workload[]>();
  for (const workload of workloads) {
    const { namespace, kind, name } = workload;
    const found = [
      ...namedByPods(plan, workload).flatMap(each => byName.get(qualified(namespace, ...each)) ?? []),
      ...scaling.get(qualified(namespace, kind, name)) ?? [],
      ...madeForSteps(workload),
    ];
    for (const object of new Set(found)) addTo(companions, object, workload);
  }
  return companions;
}

function madeForSteps({ pod: { workload } }: Workload): ApiObject[] {
  const below = recordOf(workload).steps.flatMap(step => step.node.findAll());
  return below.filter(each => ApiObject.isApiObject(each));
}

/** What an autoscaler of Kubernetes, or one of KEDA and their like, scales. */
function scaledBy(object: ApiObject): { readonly kind?: string; readonly name?: string } {
  if (!/autoscaler$|^ScaledObject$/i.test(object.kind)) return {};
  const { scaleTargetRef, targetRef } = manifestOf(object).spec ?? {};
  return { kind: 'Deployment', ...targetRef, ...scaleTargetRef };
}

/** The objects without which the pods of a workload cannot start. */
function namedByPods(plan: Plan, workload: Workload): [kind: string, name: string][] {
  const specPath = workload.pod.isFragment ? undefined : workload.pod.specPath;
  const spec: any = templateOf(plan.answers.manifestOf(workload), specPath)?.spec ?? {};
  const account: [string, string][] = spec.serviceAccountName ? [['ServiceAccount', spec.serviceAccountName]] : [];
  return [...account, ...namedIn(spec)];
}

function namedIn(value: unknown): [kind: string, name: string][] {
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([field, below]) => {
    const [kind, ...keys] = NAMES[field] ?? [];
    const name = keys.map(key => below?.[key]).find(each => typeof each === 'string');
    const own: [string, string][] = name === undefined ? [] : [[kind!, name]];
    return [...own, ...namedIn(below)];
  });
}

function qualified(namespace: string | undefined, kind = '', name = ''): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}
