import { ApiObject, JsonPatch, resolve } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { containerListsOf, dropsVolumes, patchesOf, plusVersionOf, toKube, withFields } from './cdk8s-internals';
import { contentsOf } from './manifest';
import { isReadOnly, type ContainerFields, type Pod, type PodContainer, type PodContents, type PodMetadata } from './pod';
import { Attached } from '../values/attached';

const kept = new Attached<true>('volumes-kept', 1);

/**
 * Whether a construct is a workload of cdk8s-plus-28 or later. Their classes differ in name only, as far as init steps care; earlier
 * ones know no seccomp profile.
 */
export function isPlusWorkload(construct: IConstruct): construct is kplus.AbstractPod {
  return construct instanceof kplus.AbstractPod || (plusVersionOf(construct) ?? 0) >= 28;
}

/** A workload of cdk8s-plus: containers are objects that can be asked and changed. */
export class PlusPod implements Pod {
  private apiObject?: ApiObject;

  public constructor(public readonly workload: kplus.AbstractPod) {}

  public get namespace(): string | undefined {
    return this.object.metadata.namespace;
  }

  public get ensureNonRoot(): boolean {
    return this.workload.securityContext.ensureNonRoot;
  }

  public get containers(): PodContainer[] {
    return this.workload.containers.map(described);
  }

  public get initContainers(): PodContainer[] {
    return this.workload.initContainers.map(described);
  }

  public get volumes(): string[] {
    return [...new Set(volumesOf(this.workload).map(volume => volume.name))];
  }

  public metadata(): PodMetadata {
    if (patchesOf(this.object).length > 0) return contentsOf(this.object.toJson()).metadata();
    return { namespace: this.namespace, labels: this.workload.podMetadata.toJson()?.labels ?? {} };
  }

  public get size(): number {
    let size = patchesOf(this.object).length;
    for (const containers of containerListsOf(this.workload)) size += sizeOf(containers);
    return size;
  }

  public addInitContainer(container: kplus.ContainerProps, fields: ContainerFields): void {
    withFields(this.workload.addInitContainer(container), fields);
    if (container.volumeMounts?.length) keepVolumes(this.workload, this.object);
  }

  public mount(container: string, path: string, storage: kplus.IStorage, options: kplus.MountOptions): void {
    this.workload.containers.find(candidate => candidate.name === container)!.mount(path, storage, options);
    keepVolumes(this.workload, this.object);
  }

  public finished(): PodContents {
    return patchesOf(this.object).length === 0 ? this : contentsOf(this.object.toJson());
  }

  private get object(): ApiObject {
    return this.apiObject ??= ApiObject.of(this.workload);
  }
}

function sizeOf(containers: readonly kplus.Container[]): number {
  let size = containers.length;
  for (let index = 0; index < containers.length; index++) size += containers[index].mounts.length;
  return size;
}

function described(container: kplus.Container): PodContainer {
  return {
    name: container.name,
    mounts: container.mounts.map(mount => ({
      path: mount.path,
      volume: mount.volume.name,
      subPath: mount.subPath,
      readOnly: (mount.readOnly ?? false) || isReadOnly(toKube(mount.volume)),
    })),
  };
}

/** All volumes of a workload: those that were added to it, and those that are only mounted. */
function volumesOf(workload: kplus.AbstractPod): kplus.Volume[] {
  const mounted = [...workload.containers, ...workload.initContainers].flatMap(container => container.mounts.map(mount => mount.volume));
  return [...workload.volumes, ...mounted];
}

/**
 * Writes down the volumes of a StatefulSet of cdk8s-plus-31 to 34, which drops them all unless it has claim templates.
 *
 * They are listed when the patch is applied, without those that are claims.
 */
function keepVolumes(workload: kplus.AbstractPod, object: ApiObject): void {
  if (!dropsVolumes(workload) || kept.of(workload)) return;
  kept.set(workload, true);
  object.addJsonPatch(JsonPatch.add('/spec/template/spec/volumes', {
    toJSON: () => {
      const claims = (workload as { volumeClaimTemplates?: { name: string }[] }).volumeClaimTemplates?.map(claim => claim.name) ?? [];
      const volumes = new Map(volumesOf(workload).map(volume => [volume.name, volume]));
      return resolve([], [...volumes.values()].filter(volume => !claims.includes(volume.name)).map(toKube), object);
    },
  }));
}
