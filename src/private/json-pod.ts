import { isDeepStrictEqual } from 'util';
import { ApiObject, JsonPatch, resolve } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { contentsOf, patchesOf, templateOf, type ManifestTemplate } from './manifest';
import { Own } from './own';
import type { Pod, PodContainer, PodContents } from './pod-template';
import { refuse, refuseAll } from './refuse';

const typed = new Own<boolean>('typed');

/**
 * Any other object with a pod template: of a Helm chart or an Include, of a class that `cdk8s import` made, of a custom resource.
 *
 * What cdk8s-plus-28 makes of a container is moved over as JSON patches, which apply in the order in which they and the user's own
 * were added. Their values are made when they are applied, so that Lazies and tokens come out as in the rest of the object.
 */
export class JsonPod implements Pod {
  /** The pod of an object, if it has one. */
  public static of(object: ApiObject): JsonPod | undefined {
    return templateOf(manifestOf(object)) && new JsonPod(object);
  }

  private known?: { readonly size: number; readonly template: ManifestTemplate; readonly contents: PodContents };

  private constructor(public readonly workload: ApiObject) {}

  public get namespace(): string | undefined {
    return this.workload.metadata.namespace;
  }

  public get ensureNonRoot(): boolean {
    return this.now.template.spec.securityContext?.runAsNonRoot ?? false;
  }

  public get containers(): PodContainer[] {
    return this.now.contents.containers;
  }

  public get initContainers(): PodContainer[] {
    return this.now.contents.initContainers;
  }

  public get volumes(): string[] {
    return this.now.contents.volumes;
  }

  public labels(): { [name: string]: string } {
    return this.now.contents.labels();
  }

  public get size(): number {
    return patchesOf(this.workload).length;
  }

  public addInitContainer(props: kplus.ContainerProps): void {
    const container = new kplus.Container(props);
    this.append('initContainers', container._toKube(), kplus.k8s.toJson_Container);
    for (const { volume } of container.mounts) this.addVolume(volume);
  }

  public mount(name: string, path: string, storage: kplus.IStorage, options: kplus.MountOptions): void {
    const container = new kplus.Container({ image: name, volumeMounts: [{ path, volume: storage.asVolume(), ...options }] });
    const index = this.containers.findIndex(candidate => candidate.name === name);
    this.append(`containers/${index}/volumeMounts`, container._toKube().volumeMounts![0], kplus.k8s.toJson_VolumeMount);
    this.addVolume(storage.asVolume());
  }

  public finished(): PodContents {
    this.known = undefined;
    return this.now.contents;
  }

  /** What all patches so far make of it. */
  private get now(): { readonly template: ManifestTemplate; readonly contents: PodContents } {
    if (this.known?.size !== this.size) {
      const manifest = manifestOf(this.workload);
      this.known = { size: this.size, template: templateOf(manifest)!, contents: contentsOf(manifest) };
    }
    return this.known!;
  }

  private addVolume(volume: kplus.Volume): void {
    const existing = this.now.template.spec.volumes?.find(({ name }) => name === volume.name);
    if (!existing) {
      this.append('volumes', volume._toKube(), kplus.k8s.toJson_Volume);
    } else if (!isDeepStrictEqual(existing, kplus.k8s.toJson_Volume(resolve([], volume._toKube(), this.workload)))) {
      refuse({ of: 'Volume', path: volume.node.path }, 'name', `be free in ${this.workload.node.path}`, volume.name, 'the pod has another volume of that name');
    }
  }

  /** Adds an element to a list of the pod spec, which may have to be made first. */
  private append<T>(list: string, element: T, toJson: (element: T) => unknown): void {
    const { path, spec } = this.now.template;
    const pointer = `${path}/${list}`;
    const isTyped = takesTyped(this.workload, path);
    const value = {
      toJSON: () => {
        const resolved = resolve([], element, this.workload);
        return isTyped ? resolved : toJson(resolved);
      },
    };
    const exists = list.split('/').reduce((part: any, key) => part?.[key], spec) !== undefined;
    this.workload.addJsonPatch(...exists ? [JsonPatch.add(`${pointer}/-`, value)] : [requireAbsent(pointer), JsonPatch.add(pointer, [value])]);
  }
}

/** Fails when there is a list after all: one that another class fills only later would be lost. */
function requireAbsent(pointer: string): JsonPatch {
  return JsonPatch.test(pointer, undefined);
}

function manifestOf(object: ApiObject): any {
  try {
    return object.toJson();
  } catch (error) {
    const { message } = error as Error;
    const place = { of: object.kind, path: object.node.path };
    const late = /TEST_OPERATION_FAILED[^]*"path": "[^"]*\/(initContainers|volumes|volumeMounts)"/.exec(message);
    if (late) return refuseAll(place, `has got ${late[1]} of its own after the first step, which would replace them`, 'add them before the first step');
    return refuseAll(place, `cannot be read yet (${message.split('Error: ').pop()})`, 'complete it before its first step');
  }
}

/**
 * Whether an object maps its patched JSON once more, as classes of `cdk8s import` do where their schema tells of pods. A quantity must be
 * written `{ value: '1Mi' }` there, or it vanishes; elsewhere it would stay so.
 */
function takesTyped(object: ApiObject, path: string): boolean {
  return typed.of(object) ?? typed.set(object, object.toJson !== ApiObject.prototype.toJson && losesQuantity(object, path));
}

function losesQuantity(object: ApiObject, path: string): boolean {
  const probe = JsonPatch.add(`${path}/volumes`, [{ name: 'probe', emptyDir: { sizeLimit: '1Mi' } }]);
  const probed = Object.create(object, { patches: { value: [...patchesOf(object), probe] } }).toJson();
  return !isDeepStrictEqual(templateOf(probed)?.spec.volumes, [{ name: 'probe', emptyDir: { sizeLimit: '1Mi' } }]);
}
