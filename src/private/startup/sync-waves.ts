import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { annotationsOf, type Annotations, type Proposals } from './annotating';
import { companionsOf, type Companions } from './companions';
import { startsLater, SYNC_WAVE } from './deploy-order';
import { manifestOf } from './manifest-of';
import type { Plan } from './plan';
import { isFree, isInWaves, isPlaced, waveIn, Waves } from './waves';
import { pathOf } from './wording';
import type { Workload } from './workloads';
import { recordOf } from '../pod/workload-record';
import { refuseAll } from '../values/refuse';

const CLAIM = 'PersistentVolumeClaim';

/** Kinds without which no pod starts. */
const NEEDED = ['ConfigMap', 'Namespace', 'Secret', 'ServiceAccount'];

/** Kinds that are healthy at once, so that they may be there before anything needs them. */
const HEALTHY_AT_ONCE = [...NEEDED, 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

type Propose = (object: ApiObject, wave: number) => void;

/**
 * The sync waves of the workloads of a scope and of what goes with them, where the program has written neither wave
 * nor hook.
 */
export function syncWaves(plan: Plan, workloads: readonly Workload[], scope: IConstruct): Proposals {
  const waves = new Waves(plan);
  const proposals = new Map<ApiObject, Annotations>();
  const propose: Propose = (object, wave) => {
    if (wave !== 0) proposals.set(object, { [SYNC_WAVE]: `${wave}` });
  };
  for (const workload of workloads.filter(isFree)) propose(workload.object, waves.of(workload));
  const applied = plan.workloads.filter(({ kind, annotations }) => kind !== 'CronJob' && isInWaves(annotations));
  const companions = companionsOf(plan, applied);
  placeCompanions(companions, new Set(workloads), waves, propose);
  placeUnmounted(unmountedClaims(plan, companions, scope), waves, propose);
  refuseContradictions(plan, workloads, proposals);
  return proposals;
}

/** Has what goes with some workloads come with the first of them. */
function placeCompanions(
  companions: Companions,
  workloads: ReadonlySet<Workload>,
  waves: Waves,
  propose: Propose,
): void {
  for (const [object, all] of companions) {
    const users = [...all].filter(each => object.kind !== CLAIM || startsPods(each));
    if (!users.some(each => workloads.has(each))) continue;
    const user = users.reduce((one, other) => (waves.of(other) < waves.of(one) ? other : one));
    const first = waves.of(user);
    const annotations = annotationsOf(object);
    if (isPlaced(annotations)) refuseOtherWave(object, user, first);
    else propose(object, HEALTHY_AT_ONCE.includes(object.kind) ? Math.min(0, first) : first);
  }
}

/** Has claims that no pod binds for now come last: Argo CD would wait for them before any later wave. */
function placeUnmounted(claims: readonly ApiObject[], waves: Waves, propose: Propose): void {
  const last = claims.length > 0 ? waves.last() : 0;
  for (const claim of claims) {
    const annotations = annotationsOf(claim);
    if (!isPlaced(annotations)) propose(claim, last);
    else if (isInWaves(annotations)) refuseEarly(claim, waveIn(annotations), last);
  }
}

/** Refuses a claim that no pod binds for now, and that later waves would wait for. */
function refuseEarly(claim: ApiObject, wave: number, last: number): void {
  if (wave >= last) return;
  refuse(
    pathOf({ object: claim }),
    `is a claim in wave ${wave} that may be bound only when a pod mounts it, which none does yet, and Argo CD would `
      + 'wait for that before the next wave',
    `give it no wave, or wave ${last}, the last`,
  );
}

/** The claims of a scope that no workload mounts whose pods start when it is applied. */
function unmountedClaims({ answers }: Plan, companions: Companions, scope: IConstruct): ApiObject[] {
  return [...answers.objects].filter(object =>
    object.kind === CLAIM
    && object.node.scopes.includes(scope)
    && ![...companions.get(object) ?? []].some(startsPods));
}

function startsPods({ replicas, object }: Workload): boolean {
  return replicas !== 0 && manifestOf(object).spec?.suspend !== true;
}

/** Refuses an object that pods need later than they start, and one that needs them before they do. */
function refuseOtherWave(object: ApiObject, user: Workload, first: number): void {
  const annotations = annotationsOf(object);
  if (!isInWaves(annotations)) return;
  const wave = waveIn(annotations);
  const what = `${object.kind} ${pathOf({ object })}`;
  const isNeeded = [...NEEDED, CLAIM].includes(object.kind) || isMadeForStep(object, user);
  if (isNeeded && wave > first) {
    refuse(
      user.path,
      `needs ${what}, which is applied in wave ${wave}, after ${user.path} (wave ${first}) is up`,
      'give it no later wave',
    );
  }
  if (!HEALTHY_AT_ONCE.includes(object.kind) && wave < first) {
    refuse(
      user.path,
      `is applied in wave ${first}, after ${what} (wave ${wave}) is healthy, which may need ${user.path} for that`,
      `give that no wave, or wave ${first}`,
    );
  }
}

function isMadeForStep(object: ApiObject, { pod: { workload } }: Workload): boolean {
  return recordOf(workload).steps.some(step => object.node.scopes.includes(step));
}

function refuseContradictions(plan: Plan, workloads: readonly Workload[], proposals: Proposals): void {
  const marksOf = ({ object, annotations }: { object: ApiObject; annotations: Annotations }) =>
    ({ ...annotations, ...proposals.get(object) });
  for (const edge of workloads.flatMap(({ index }) => plan.edges[index])) {
    const [wrong] = startsLater(edge, marksOf);
    if (wrong) refuse(edge.from.path, wrong.message, wrong.remedy);
  }
}

function refuse(path: string, message: string, remedy: string): never {
  return refuseAll({ of: 'StartupGraph', path }, `finds another order: ${path} ${message}`, remedy);
}
