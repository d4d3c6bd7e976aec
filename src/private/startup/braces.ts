import type { StartupFinding } from './finding';
import type { Workload } from './workloads';
import { fragmentOf } from '../pod/fragment';
import { stepOf } from '../pod/workload-record';

/** Steps of a fragment with texts that charts take for templates, if they render their values as such. */
export function bracesInValues(from: Workload): StartupFinding[] {
  const { workload } = from.pod;
  const { initContainers = [] } = fragmentOf.of(workload)?.object.toJson().spec ?? {};
  const affected: { name: string }[] = initContainers.filter((each: object) => JSON.stringify(each).includes('{{'));
  return affected.map(({ name }) => ({
    from,
    step: stepOf(workload, name),
    message: 'holds {{, which charts replace that render their values as templates',
    remedy: 'keep the text in a ConfigMap, as FileSource.fromConfigMap',
  }));
}
