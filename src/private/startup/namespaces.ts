import type { ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';
import { NearestByKey } from './nearest';
import type { Workload } from './workloads';

/** The Namespaces that an app makes, which are looked at only if something depends on them. */
export class Namespaces {
  private byName?: NearestByKey<ApiObject>;

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** The labels and annotations of the Namespace of a workload. */
  public marksOf({ namespace, pod: { workload } }: Workload): [name: string, value: string][] {
    if (namespace === undefined) return [];
    this.byName ??= this.index();
    const [object] = this.byName.to(namespace, workload);
    const { labels, annotations } = object ? manifestOf(object).metadata ?? {} : {};
    return Object.entries({ ...annotations, ...labels });
  }

  private index(): NearestByKey<ApiObject> {
    const index = new NearestByKey<ApiObject>();
    for (const object of this.objects) {
      if (object.apiVersion === 'v1' && object.kind === 'Namespace') index.add(object.name, object);
    }
    return index;
  }
}
