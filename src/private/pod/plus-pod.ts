import { ApiObject, JsonPatch, resolve } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import {
  changeManifest,
  containerListsOf,
  dropsVolumes,
  patchesOf,
  plusVersionOf,
  rawEnvValue,
  toKube,
  withFields,
} from './cdk8s-internals';
import { keepFileVariables } from './file-variables';
import { plusLikeness, type Likeness } from './likeness';
import { contentsOf, valueOf } from './manifest';
import { kubeletMounts, plusMountOf, type Mount } from './mount';
import type {
  ContainerFields, Pod, PodContainer, PodContents, PodMetadata, PodUser, Variable,
} from './pod';
import { isOnlyNamed, isSameVolume, type Volume } from './volume';

/**
 * Whether a construct is a workload of cdk8s-plus-28 or later. Their classes differ in name only, as far as
 * init steps care; earlier ones know no seccomp profile.
 */
export function isPlusWorkload(construct: IConstruct): construct is kplus.AbstractPod {
  return construct instanceof kplus.AbstractPod || (plusVersionOf(construct) ?? 0) >= 28;
}

/** A workload of cdk8s-plus: containers are objects that can be asked and changed. */
export class PlusPod implements Pod {
  /** Only a patch can say so, which is read when the pod is finished. */
  public readonly isForWindows = false;
  public readonly isFragment = false;
  public readonly lackOfContainers = 'add its containers first';
  private apiObject?: ApiObject;
  private keepsVolumes = false;
  private leavesOutClaims = false;

  public constructor(public readonly workload: kplus.AbstractPod) {}

  public get namespace(): string | undefined {
    return this.object.metadata.namespace;
  }

  public get ensureNonRoot(): boolean {
    return this.workload.securityContext.ensureNonRoot;
  }

  public get containers(): PodContainer[] {
    return this.workload.containers.map(podContainerOf);
  }

  public get initContainers(): PodContainer[] {
    return this.workload.initContainers.map(podContainerOf);
  }

  public get volumes(): string[] {
    return [...new Set([...volumesOf(this.workload).map(volume => volume.name), ...claimsOf(this.workload)])];
  }

  public get user(): PodUser {
    const { user: uid, group: gid, fsGroup } = this.workload.securityContext;
    return { uid, gid, fsGroup };
  }

  public get serviceAccountName(): string | undefined {
    return this.workload.serviceAccount?.name;
  }

  public get kubeletMounts(): readonly Mount[] {
    return kubeletMounts(this.workload.automountServiceAccountToken);
  }

  public metadata(): PodMetadata {
    if (patchesOf(this.object).length > 0) return contentsOf(this.object.toJson()).metadata();
    return metadataOf(this.workload, this.object);
  }

  public get size(): number {
    let size = patchesOf(this.object).length;
    for (const containers of containerListsOf(this.workload)) size += sizeOf(containers);
    return size;
  }

  public hasContainer(name: string): boolean {
    return containerListsOf(this.workload)
      .some(containers => containers.some(container => container.name === name));
  }

  /** There is nothing to read anew: the workload is asked each time. */
  public refresh(): void {}

  public addInitContainer(
    container: kplus.ContainerProps,
    fields: ContainerFields,
  ): void {
    const volumeMounts = container.volumeMounts?.map(mount => ({
      ...mount,
      volume: this.known(mount.volume),
    }));
    withFields(this.workload.addInitContainer({ ...container, volumeMounts }), fields);
    keepFileVariables(this.object, { container: container.name }, container.envVariables);
    if (volumeMounts?.length) this.keepVolumes();
  }

  public mount(
    name: string | undefined,
    path: string,
    volume: kplus.Volume,
    options: kplus.MountOptions,
  ): void {
    this.container(name)!.mount(path, this.known(volume), options);
    this.keepVolumes();
  }

  public hasVariable(container: string | undefined, name: string): boolean {
    return name in this.container(container)!.env.variables;
  }

  public addVariable(container: string | undefined, { name, source }: Variable): boolean {
    if (this.hasVariable(container, name)) return false;
    const isText = typeof source === 'string';
    const value = isText ? kplus.EnvValue.fromValue(source) : rawEnvValue({ fileKeyRef: source });
    this.container(container)!.env.addVariable(name, value);
    if (!isText) keepFileVariables(this.object, { container }, { [name]: value });
    return true;
  }

  public likeness(name: string): Likeness | undefined {
    const container = this.container(name);
    return container && plusLikeness(container);
  }

  public finished(): PodContents {
    return patchesOf(this.object).length === 0 ? this : contentsOf(this.object.toJson());
  }

  private container(name: string | undefined): kplus.Container | undefined {
    return this.workload.containers.find(container => container.name === name);
  }

  private get object(): ApiObject {
    return this.apiObject ??= ApiObject.of(this.workload);
  }

  /** A volume, or the same one that the workload has: cdk8s-plus takes no two objects of one name. */
  private known(volume: kplus.Volume): kplus.Volume {
    const known = volumesOf(this.workload).find(each => each.name === volume.name);
    if (known === volume) return volume;
    const other = jsonOf(volume);
    if (!known && isOnlyNamed(other)) this.leaveOutClaims();
    return known && (isOnlyNamed(other) || isSameVolume(jsonOf(known), other)) ? known : volume;
  }

  /** cdk8s-plus lists each volume that is mounted, also one that is made of a claim template. */
  private leaveOutClaims(): void {
    if (this.leavesOutClaims) return;
    this.leavesOutClaims = true;
    changeManifest(this.object, ({ spec }) => {
      const claims: string[] = (spec.volumeClaimTemplates ?? []).map(({ metadata }: any) => metadata.name);
      const pod = spec.template.spec;
      const left = (pod.volumes ?? []).filter((each: Volume) => !(isOnlyNamed(each) && claims.includes(each.name)));
      if (left.length > 0) pod.volumes = left;
      else delete pod.volumes;
    });
  }

  /**
   * Writes down the volumes of a StatefulSet that would drop them all.
   *
   * They are listed when the patch is applied, without those that are claims.
   */
  private keepVolumes(): void {
    if (this.keepsVolumes || !dropsVolumes(this.workload)) return;
    this.keepsVolumes = true;
    const toJSON = () => resolve([], unclaimedVolumesOf(this.workload).map(toKube), this.object);
    this.object.addJsonPatch(JsonPatch.add('/spec/template/spec/volumes', { toJSON }));
  }
}

/** The same as in the manifest, which takes much longer to make. */
function metadataOf(workload: kplus.AbstractPod, object: ApiObject): PodMetadata {
  const {
    replicas, hasAutoscaler, progressDeadline,
  } = workload as Partial<kplus.Deployment>;
  const ofPods = workload.podMetadata.toJson() ?? {};
  return {
    name: object.name,
    namespace: object.metadata.namespace,
    annotations: object.metadata.toJson()?.annotations ?? {},
    labels: ofPods.labels ?? {},
    podAnnotations: ofPods.annotations ?? {},
    replicas: hasAutoscaler ? undefined : replicas,
    progressDeadlineSeconds: progressDeadline?.toSeconds(),
    hostNetwork: workload.hostNetwork ?? false,
    dnsPolicy: workload.dns.policy,
  };
}

function sizeOf(containers: readonly kplus.Container[]): number {
  let size = containers.length;
  for (let index = 0; index < containers.length; index++) size += containers[index].mounts.length;
  return size;
}

function podContainerOf(container: kplus.Container): PodContainer {
  const { user: uid, group: gid } = container.securityContext;
  return {
    name: container.name,
    user: { uid, gid },
    image: container.image,
    isSidecar: container.restartPolicy === kplus.ContainerRestartPolicy.ALWAYS,
    mounts: container.mounts.map(plusMountOf),
    variable: name => valueOf(container.env.variables[name]),
  };
}

function jsonOf(volume: kplus.Volume): Volume {
  return kplus.k8s.toJson_Volume(toKube(volume)) as Volume;
}

/** All volumes of a workload: those that were added to it, and those that are only mounted. */
function volumesOf(workload: kplus.AbstractPod): kplus.Volume[] {
  const volumes = [...workload.volumes];
  const [initContainers, containers] = containerListsOf(workload);
  for (const { mounts } of [...containers, ...initContainers]) {
    for (const { volume } of mounts) volumes.push(volume);
  }
  return volumes;
}

/** The names of the claim templates of a StatefulSet of cdk8s-plus-31 and later. */
function claimsOf(workload: kplus.AbstractPod): string[] {
  const {
    volumeClaimTemplates = [],
  } = workload as { volumeClaimTemplates?: { name: string }[] };
  return volumeClaimTemplates.map(claim => claim.name);
}

/** Those of them that are no claims, each once. */
function unclaimedVolumesOf(workload: kplus.AbstractPod): kplus.Volume[] {
  const claims = claimsOf(workload);
  const volumes = new Map(volumesOf(workload).map(volume => [volume.name, volume]));
  return [...volumes.values()].filter(volume => !claims.includes(volume.name));
}
