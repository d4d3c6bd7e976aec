import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { Likeness } from './likeness';
import type { Mount, VolumeMount } from './mount';
import type { User } from '../values/user';

/** One container, as far as init steps care. */
export interface PodContainer {
  /** Knative needs none. */
  readonly name?: string;
  /** Whether its resources have lost their quantities, as where an object with classes is written down as JSON. */
  readonly lacksQuantities?: boolean;
  /** The volumes that it mounts. */
  readonly mounts: VolumeMount[];
  /** Who it is to run as, if it says so itself. */
  readonly user: User;
  readonly image?: string;
  /** Whether it is an init container that keeps running. */
  readonly isSidecar: boolean;
  /** What a variable is: a text, or where in a file it is. */
  variable(name: string): unknown;
}

/** What all containers of a pod are. */
export interface PodUser extends User {
  /** The group of what they write into its volumes. */
  readonly fsGroup?: number;
  /** More groups that they are in. */
  readonly supplementalGroups?: readonly number[];
}

/** A container in a message. */
export function containerInWords(
  name: string | undefined,
  kind = 'container',
): string {
  return name === undefined ? `a ${kind} without a name` : `${kind} '${name}'`;
}

/** What a pod template holds. */
export interface PodContents {
  /** The containers of the app, in order. */
  readonly containers: PodContainer[];
  /** The init containers, in run order. */
  readonly initContainers: PodContainer[];
  /** The names of its volumes. */
  readonly volumes: string[];
  /** Who its containers run as where they do not say it. */
  readonly user: PodUser;
  /** Whether its containers are those of Windows, which no step can be. */
  readonly isForWindows: boolean;
  /** The account that it runs as, if it names one; `default` otherwise. */
  readonly serviceAccountName?: string;
  /** What each of its containers mounts beside volumes. */
  readonly kubeletMounts: readonly Mount[];
  /** Where, as what and when its pods are known after the last JSON patch, which is seldom asked for. */
  metadata(): PodMetadata;
}

/** Names or values, by name. */
type Texts = { readonly [name: string]: string };

/** What the pods of a workload are found by, and what decides whether and how soon they are there. */
export interface PodMetadata {
  /** The name of the workload. */
  readonly name?: string;
  readonly namespace?: string;
  /** The annotations of the workload. */
  readonly annotations: Texts;
  /** The labels of its pods. */
  readonly labels: Texts;
  /** The annotations of its pods. */
  readonly podAnnotations: Texts;
  /** How many pods there are, if the program says so. */
  readonly replicas?: number;
  readonly progressDeadlineSeconds?: number;
  readonly hostNetwork: boolean;
  readonly dnsPolicy?: string;
}

/** A variable in a file of an emptyDir, which the kubelet reads when it starts the container (Kubernetes 1.35). */
export interface FileKey {
  readonly volumeName: string;
  /** The file, by its path in the volume. */
  readonly path: string;
  /** Its name there. */
  readonly key: string;
}

/** A variable for a container of the app. */
export interface Variable {
  readonly name: string;
  /** Its value, or where it is. */
  readonly source: string | FileKey;
}

/** Fields of a container that cdk8s-plus-28 has no property for. */
export type ContainerFields = Partial<kplus.k8s.Container>;

/** The pod template of one workload: all that the rest of the library knows of it. */
export interface Pod extends PodContents {
  /** The construct that holds the pod template. */
  readonly workload: IConstruct;
  /** Its namespace, if the program names one. */
  readonly namespace?: string;
  /** JSON pointer to its pod spec, if that is in an unusual place. */
  readonly specPath?: string;
  /** Whether only parts of it are known: not its account, nor the images and users of its containers. */
  readonly isFragment: boolean;
  /** What to do where nothing can be shown to its containers, because there are none. */
  readonly lackOfContainers: string;
  /** Whether the pod as a whole refuses to run as root. */
  readonly ensureNonRoot: boolean;
  /** Grows with every container, mount and JSON patch, and is quick to ask for. */
  readonly size: number;
  /** Whether a container of the app or an init container has this name. */
  hasContainer(name: string): boolean;
  /** What a step can take of the app container of that name. */
  likeness(container: string): Likeness | undefined;
  /** Reads it anew: the program may have changed the workload since, by other ways than patches. */
  refresh(): void;
  addInitContainer(container: kplus.ContainerProps, fields: ContainerFields): void;
  /** Shows storage in the app container of that name, or in the first that has none. */
  mount(
    container: string | undefined,
    path: string,
    volume: kplus.Volume,
    options: kplus.MountOptions,
  ): void;
  /** Whether the app container of that name, or the first that has none, has a variable. */
  hasVariable(container: string | undefined, name: string): boolean;
  /** Gives it a variable; false if it has that already. */
  addVariable(container: string | undefined, variable: Variable): boolean;
  /** What the YAML will hold, after the last JSON patch. */
  finished(): PodContents;
}
