import type { ApiObject } from 'cdk8s';
import { annotationsOf, type Annotations, type Proposals } from './annotating';
import { isUnwritten } from './carriers';
import { companionsOf } from './companions';
import { startsLater, SYNC_WAVE } from './deploy-order';
import { hooksOf } from './hooks';
import type { Plan } from './plan';
import { pathOf } from './wording';
import type { Workload } from './workloads';
import { refuseAll } from '../values/refuse';

/** Kinds that are healthy at once, so that they may be there before anything needs them. */
const HEALTHY_AT_ONCE = ['ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding'];

/** The sync waves of workloads and of what goes with them, where the program has written neither wave nor hook. */
export function syncWaves(plan: Plan, workloads: readonly Workload[]): Proposals {
  const waves = new Waves(plan);
  const proposals = new Map<ApiObject, Annotations>();
  const propose = (object: ApiObject, wave: number) => {
    if (wave !== 0) proposals.set(object, { [SYNC_WAVE]: `${wave}` });
  };
  for (const workload of workloads.filter(isFree)) propose(workload.object, waves.of(workload));
  for (const [object, users] of companionsOf(plan, workloads.filter(isRun))) {
    const first = Math.min(...users.map(each => waves.of(each)));
    if (isPlaced(annotationsOf(object))) refuseLate(object, users[0], first);
    else propose(object, HEALTHY_AT_ONCE.includes(object.kind) ? Math.min(0, first) : first);
  }
  refuseContradictions(plan, workloads, proposals);
  return proposals;
}

/** The wave of each workload: behind those that it needs, and not before its level. */
class Waves {
  private readonly waves = new Map<ApiObject, number>();

  public constructor(private readonly plan: Plan) {
    const free = plan.inOrder(plan.workloads).filter(each => isFree(each) && plan.levelOf(each) >= 0);
    // An object with several pods is placed behind what each of them needs, and moves what needs it.
    for (let passes = 0; passes < free.length; passes++) {
      const moved = free.filter(each => this.move(each));
      if (moved.length === 0) return;
    }
  }

  public of({ object, annotations }: Workload): number {
    return this.waves.get(object) ?? waveIn(annotations);
  }

  private move(workload: Workload): boolean {
    const { object, index } = workload;
    const needed = this.plan.providersOf(workload).filter(each => each.object !== object);
    const wave = Math.max(
      this.of(workload),
      this.plan.levelOf(workload),
      ...needed.map(each => this.of(each) + 1),
      ...this.plan.endpoints[index].flatMap(({ service }) => (service ? waveIn(service.annotations) : [])),
    );
    const isMoved = wave > this.of(workload);
    this.waves.set(object, wave);
    return isMoved;
  }
}

/** A workload whose place is not decided by the program. */
function isFree(workload: Workload): boolean {
  return !isPlaced(workload.annotations) && !isUnwritten(workload);
}

/** A workload whose pods start when it is applied, in a wave. */
function isRun({ kind, annotations }: Workload): boolean {
  return kind !== 'CronJob' && hooksOf(annotations).length === 0;
}

function isPlaced(annotations: Annotations): boolean {
  return annotations[SYNC_WAVE] !== undefined || hooksOf(annotations).length > 0;
}

function waveIn(annotations: Annotations): number {
  return Number(annotations[SYNC_WAVE] ?? 0) || 0;
}

/** Refuses an object that pods need and that is applied only when they are healthy. */
function refuseLate(object: ApiObject, user: Workload, first: number): void {
  const wave = waveIn(annotationsOf(object));
  const isNeeded = [...HEALTHY_AT_ONCE, 'PersistentVolumeClaim'].includes(object.kind);
  if (!isNeeded || wave <= first) return;
  refuse(
    user,
    `needs ${object.kind} ${pathOf({ object })}, which is applied in wave ${wave}, after ${user.path} `
      + `(wave ${first}) is up`,
    'give it no later wave',
  );
}

function refuseContradictions(plan: Plan, workloads: readonly Workload[], proposals: Proposals): void {
  const marksOf = ({ object, annotations }: { object: ApiObject; annotations: Annotations }) =>
    ({ ...annotations, ...proposals.get(object) });
  for (const edge of workloads.flatMap(({ index }) => plan.edges[index])) {
    const [wrong] = edge.backends.length > 0 ? startsLater(edge, marksOf) : [];
    if (wrong) refuse(edge.from, wrong.message, wrong.remedy);
  }
}

function refuse({ path }: Workload, message: string, remedy: string): never {
  return refuseAll({ of: 'StartupGraph', path }, `finds another order: ${path} ${message}`, remedy);
}
