/** Of the objects of Kubernetes, as its API gives them as JSON, the fields that are read here. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Metadata;
}

export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Labels;
  readonly ownerReferences?: ReadonlyArray<{
    kind: string;
    name: string;
    controller?: boolean;
  }>;
}

export interface Labels {
  readonly [key: string]: string;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly restartPolicy?: string;
  readonly env?: ReadonlyArray<{ name: string; value?: string }>;
  readonly ports?: ReadonlyArray<{ name?: string; containerPort: number }>;
  readonly resources?: { limits?: { memory?: string } };
}

export interface Ended {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
  readonly finishedAt?: string;
}

export interface ContainerState {
  readonly waiting?: { reason?: string; message?: string };
  readonly running?: { startedAt?: string };
  readonly terminated?: Ended;
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly initContainers?: readonly Container[];
    readonly containers: readonly Container[];
    readonly hostAliases?: ReadonlyArray<{ hostnames?: readonly string[] }>;
    readonly hostname?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly startTime?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

export interface Service extends KubernetesObject {
  readonly spec: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalName?: string;
    readonly selector?: Labels;
    readonly ports?: readonly ServicePort[];
  };
}

export interface EndpointSlice extends KubernetesObject {
  readonly endpoints?: ReadonlyArray<{
    readonly conditions?: { ready?: boolean };
    readonly targetRef?: { kind?: string; name?: string };
  }> | null;
  readonly ports?: ReadonlyArray<{ name?: string; port?: number }> | null;
}

/** A Deployment, StatefulSet, DaemonSet, ReplicaSet or Job. */
export interface Workload extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly suspend?: boolean;
    readonly template?: { metadata?: { labels?: Labels } };
  };
  readonly status?: {
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly active?: number;
    readonly desiredNumberScheduled?: number;
    readonly currentNumberScheduled?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface Event extends KubernetesObject {
  readonly involvedObject: {
    kind?: string;
    name?: string;
    namespace?: string;
    fieldPath?: string;
  };
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { lastObservedTime?: string };
}

/** A condition by its type. */
export function conditionOf(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(each => each.type === type);
}

/** Whether labels are those that a selector wants. One without labels selects nothing. */
export function selects(selector: Labels | undefined, labels: Labels = {}): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
