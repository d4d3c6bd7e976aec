import { isDeepStrictEqual } from 'util';
import { JsonPatch, resolve, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { mapsPatchedJson, patchesOf, renderedWith, toKube, withFields } from './cdk8s-internals';
import { contentsOf, templateOf, type ManifestTemplate } from './manifest';
import type { ContainerFields, Pod, PodContainer, PodContents, PodMetadata } from './pod';
import { Attached } from '../values/attached';
import { refuse, refuseAll } from '../values/refuse';

const typed = new Attached<boolean>('typed', 1);

/**
 * Any other object with a pod template: of a Helm chart or an Include, of a class that `cdk8s import` made, of a custom resource.
 *
 * What cdk8s-plus-28 makes of a container is moved over as JSON patches, which apply in the order in which they and the user's own
 * were added. Their values are made when they are applied, so that Lazies and tokens come out as in the rest of the object.
 */
export class JsonPod implements Pod {
  /** The pod of an object, if it has one. */
  public static of(object: ApiObject): JsonPod | undefined {
    const manifest = manifestOf(object);
    return templateOf(manifest) && new JsonPod(object, knownOf(object, manifest));
  }

  private constructor(public readonly workload: ApiObject, private known?: Known) {}

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

  public metadata(): PodMetadata {
    return this.now.contents.metadata();
  }

  public get size(): number {
    return patchesOf(this.workload).length;
  }

  public addInitContainer(props: kplus.ContainerProps, fields: ContainerFields): void {
    const container = withFields(new kplus.Container(props), fields);
    this.add('initContainers', toKube(container), kplus.k8s.toJson_Container, container.mounts.map(mount => mount.volume));
  }

  public mount(name: string, path: string, storage: kplus.IStorage, options: kplus.MountOptions): void {
    const volume = storage.asVolume();
    const [mount] = toKube(new kplus.Container({ image: name, volumeMounts: [{ path, volume, ...options }] })).volumeMounts!;
    const index = this.containers.findIndex(candidate => candidate.name === name);
    this.add(`containers/${index}/volumeMounts`, mount, kplus.k8s.toJson_VolumeMount, [volume]);
  }

  public finished(): PodContents {
    this.known = undefined;
    return this.now.contents;
  }

  /** What all patches so far make of it. */
  private get now(): Known {
    if (this.known?.size !== this.size) this.known = knownOf(this.workload, manifestOf(this.workload));
    return this.known!;
  }

  /** Adds an element to a list of the pod spec, and the volumes that it needs. */
  private add<T>(list: string, element: T, toJson: (element: T) => unknown, volumes: kplus.Volume[]): void {
    const missing = this.missing(volumes).map(toKube);
    this.workload.addJsonPatch(...this.additions(list, [element], toJson), ...this.additions('volumes', missing, kplus.k8s.toJson_Volume));
  }

  /** Those volumes that the pod does not have yet. */
  private missing(volumes: kplus.Volume[]): kplus.Volume[] {
    const existing = new Map<string, unknown>(this.now.template.spec.volumes?.map(volume => [volume.name, volume]));
    return volumes.filter(volume => {
      const json = kplus.k8s.toJson_Volume(resolve([], toKube(volume), this.workload));
      const same = existing.get(volume.name);
      if (same !== undefined && !isDeepStrictEqual(same, json)) {
        refuse({ of: 'Volume', path: volume.node.path }, 'name', `be free in ${this.workload.node.path}`, volume.name, 'the pod has another volume of that name');
      }
      existing.set(volume.name, json);
      return same === undefined;
    });
  }

  /** Elements at the end of a list of the pod spec, which may have to be made first. */
  private additions<T>(list: string, elements: T[], toJson: (element: T) => unknown): JsonPatch[] {
    const { path, spec } = this.now.template;
    const pointer = `${path}/${list}`;
    const isTyped = takesTyped(this.workload, path);
    const values = elements.map(element => ({
      toJSON: () => {
        const resolved = resolve([], element, this.workload);
        return isTyped ? resolved : toJson(resolved);
      },
    }));
    const exists = list.split('/').reduce((part: any, key) => part?.[key], spec) !== undefined;
    if (exists || values.length === 0) return values.map(value => JsonPatch.add(`${pointer}/-`, value));
    return [requireAbsent(pointer), JsonPatch.add(pointer, values)];
  }
}

interface Known {
  readonly size: number;
  readonly template: ManifestTemplate;
  readonly contents: PodContents;
}

function knownOf(object: ApiObject, manifest: any): Known {
  return { size: patchesOf(object).length, template: templateOf(manifest)!, contents: contentsOf(manifest) };
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
  return typed.of(object) ?? typed.set(object, mapsPatchedJson(object) && losesQuantity(object, path));
}

function losesQuantity(object: ApiObject, path: string): boolean {
  const probe = JsonPatch.add(`${path}/volumes`, [{ name: 'probe', emptyDir: { sizeLimit: '1Mi' } }]);
  return !isDeepStrictEqual(templateOf(renderedWith(object, probe))?.spec.volumes, [{ name: 'probe', emptyDir: { sizeLimit: '1Mi' } }]);
}
