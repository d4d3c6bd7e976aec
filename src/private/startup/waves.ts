import type { ApiObject } from 'cdk8s';
import { annotationsOf, type Annotations } from './annotating';
import { isUnwritten } from './carriers';
import { objectAsked } from './conditions';
import { SYNC_WAVE } from './deploy-order';
import { hooksOf } from './hooks';
import type { Plan } from './plan';
import type { Workload } from './workloads';

/** The wave of each workload: behind those that it needs, and not before its level. */
export class Waves {
  private readonly waves = new Map<ApiObject, number>();
  private readonly written = new Map<ApiObject, number>();

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

  /** The last one, for which Argo CD does not wait. */
  public last(): number {
    const written = [...this.plan.answers.objects].map(annotationsOf).filter(isInWaves).map(waveIn);
    return Math.max(0, ...written, ...this.waves.values());
  }

  private move(workload: Workload): boolean {
    const { object, index } = workload;
    const needed = this.plan.providersOf(workload).filter(each => each.object !== object);
    const wave = Math.max(
      this.of(workload),
      this.plan.levelOf(workload),
      ...needed.map(each => this.of(each) + 1),
      ...this.plan.endpoints[index].flatMap(({ service }) => (service ? waveIn(service.annotations) : [])),
      ...this.plan.conditions[index].flatMap(edge => this.ofObject(objectAsked(edge))),
    );
    const isMoved = wave > this.of(workload);
    this.waves.set(object, wave);
    return isMoved;
  }

  private ofObject(object: ApiObject | undefined): number[] {
    if (!object) return [];
    if (!this.written.has(object)) this.written.set(object, waveIn(annotationsOf(object)));
    return [this.waves.get(object) ?? this.written.get(object)!];
  }
}

/** A workload whose place is not decided by the program. */
export function isFree(workload: Workload): boolean {
  return !isPlaced(workload.annotations) && !isUnwritten(workload);
}

/** Whether the program has decided when an object is applied. */
export function isPlaced(annotations: Annotations): boolean {
  return annotations[SYNC_WAVE] !== undefined || hooksOf(annotations).length > 0;
}

/** Whether an object is applied in a wave, not before all of them or afterwards. */
export function isInWaves(annotations: Annotations): boolean {
  return hooksOf(annotations).every(hook => hook === 'sync');
}

export function waveIn(annotations: Annotations): number {
  return Number(annotations[SYNC_WAVE] ?? 0) || 0;
}
