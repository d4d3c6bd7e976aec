import type { ApiObject } from 'cdk8s';
import { manifestOf } from './manifest-of';
import type { Workload } from './workloads';

/** What a NetworkPolicy of Kubernetes says of the ways out of the pods that it selects. */
interface Policy {
  readonly object: ApiObject;
  readonly namespace?: string;
  readonly podSelector: any;
  readonly opensSome: boolean;
}

/** The NetworkPolicies of an app that hold for ways out, which are looked at only if a step waits. */
export class NetworkPolicies {
  private outwards?: readonly Policy[];

  public constructor(private readonly objects: Iterable<ApiObject>) {}

  /** The first of those that deny the pods of a workload every way out, where no other one opens a way. */
  public denyingAll(workload: Workload): ApiObject | undefined {
    this.outwards ??= this.read();
    const selecting = this.outwards.filter(policy => maySelect(policy, workload));
    return selecting.some(({ opensSome }) => opensSome) ? undefined : selecting[0]?.object;
  }

  /** Policies of other kinds open ways, too: beside one of these nothing is known. */
  private read(): Policy[] {
    const policies = [...this.objects].filter(({ kind }) => /NetworkPolicy$/.test(kind));
    return policies.every(isOfKubernetes) ? policies.flatMap(outwards) : [];
  }
}

function isOfKubernetes({ apiGroup, kind }: ApiObject): boolean {
  return apiGroup === 'networking.k8s.io' && kind === 'NetworkPolicy';
}

function outwards(object: ApiObject): Policy[] {
  const { metadata, spec = {} } = manifestOf(object);
  const { podSelector = {}, egress = [], policyTypes = [] } = spec;
  const { matchExpressions = [] } = podSelector;
  if (![policyTypes].flat().includes('Egress') && egress.length === 0) return [];
  const opensSome = egress.length > 0;
  return matchExpressions.length > 0 && !opensSome ? []
    : [{ object, namespace: metadata?.namespace, podSelector, opensSome }];
}

/** Whether a policy selects the pods of a workload; expressions are taken to be true. */
function maySelect({ namespace, podSelector }: Policy, workload: Workload): boolean {
  const labels: [string, string][] = Object.entries(podSelector.matchLabels ?? {});
  return namespace === workload.namespace
    && labels.every(([name, value]) => workload.allLabels[name] === value);
}
