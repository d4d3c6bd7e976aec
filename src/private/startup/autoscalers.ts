import type { ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';
import { isCustom } from './store-fillers';
import type { Workload } from './workloads';

/** What scales workloads of an app at run time, which is looked at only if something depends on it. */
export class Autoscalers {
  private scaled?: ReadonlySet<string>;

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** Whether something scales a workload, or one of its name in another namespace. */
  public mayScale({ name }: Workload): boolean {
    this.scaled ??= new Set([...this.objects].filter(mayBeOne).map(nameScaled));
    return this.scaled.has(`${name}`);
  }
}

/** Autoscalers are those of Kubernetes and custom ones. */
function mayBeOne(object: ApiObject): boolean {
  return object.apiGroup === 'autoscaling' || isCustom(object);
}

function nameScaled(object: ApiObject): string {
  return `${manifestOf(object).spec?.scaleTargetRef?.name ?? ''}`;
}
