import type { ApiObject } from 'cdk8s';
import type { PodMetadata } from '../pod/pod';

type Labels = PodMetadata['labels'];

/** Labels in which controllers write the name of the workload on each of its pods. */
const NAMED_AFTER_WORKLOAD: { readonly [kind: string]: readonly string[] | undefined } = {
  Job: ['job-name', 'batch.kubernetes.io/job-name'],
  DeploymentConfig: ['deploymentconfig'],
  Configuration: ['serving.knative.dev/configuration'],
  Service: ['serving.knative.dev/service', 'serving.knative.dev/configuration'],
};

/** Labels that tell one pod of a StatefulSet from the others. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** The labels of the pods of a workload, with those that its controller adds. */
export function labelsOfPods(
  kind: string,
  { name = '', labels }: PodMetadata,
): Labels {
  if (kind === 'StatefulSet') return { ...labels, [POD_NAME]: name, [POD_INDEX]: '' };
  const added = NAMED_AFTER_WORKLOAD[kind] ?? [];
  return { ...labels, ...Object.fromEntries(added.map(label => [label, name])) };
}

/** The labels of a selector, those of one pod replaced by what all pods of its StatefulSet have here. */
export function labelsSelected(selector: Labels): [name: string, value: string][] {
  return Object.entries(selector).map(([name, value]) => {
    if (name === POD_INDEX) return [name, ''];
    return [name, name === POD_NAME ? `${value}`.replace(/-\d+$/, '') : value];
  });
}

/** The pod of a StatefulSet that a selector names. */
export function podSelected(selector: Labels): string | undefined {
  return selector[POD_NAME];
}

/** Spares most objects from being rendered: of the groups of Kubernetes itself only these kinds hold a pod template. */
export function mayHavePods({ apiGroup, kind }: ApiObject): boolean {
  if (apiGroup === 'core') return kind === 'Pod' || kind === 'ReplicationController';
  return !/(^|\.)k8s\.io$|^autoscaling$|^policy$/.test(apiGroup);
}
