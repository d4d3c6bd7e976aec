import { JsonPatch, resolve, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import {
  mapsPatchedJson, patchesOf, rawEnvValue, renderedWith, toKube, withFields,
} from './cdk8s-internals';
import { keepFileVariables } from './file-variables';
import { isFragment } from './fragment';
import { manifestLikeness, type Likeness } from './likeness';
import { missingVolumes } from './missing-volumes';
import type { Mount } from './mount';
import type {
  ContainerFields, Pod, PodContainer, PodContents, PodMetadata, PodUser, Variable,
} from './pod';
import { templateOf, type ManifestTemplate } from './pod-specs';
import { render, type Rendering } from './rendering';
import { lostPaths, typedQuantities, withTyped, type Paths } from './typed-quantities';
import { refuseAll } from '../values/refuse';

/** An element of a list of a pod spec, and how it is written there. */
interface Element<T> {
  readonly value: T;
  readonly toJson: (value: T) => unknown;
}

/**
 * Any other object with a pod template: of a Helm chart or an Include, of a class that `cdk8s import` made,
 * of a custom resource.
 *
 * What cdk8s-plus-28 makes of a container is moved over as JSON patches, which apply in the order in which
 * they and the user's own were added. Their values are made when they are applied, so that Lazies and tokens
 * come out as in the rest of the object.
 */
export class JsonPod implements Pod {
  /** The pod of an object, if it has one. */
  public static of(object: ApiObject): JsonPod | undefined {
    const rendering = render(object);
    return rendering.template && new JsonPod(object, object, undefined, rendering);
  }

  /** The pod of a construct that stands for one of the pod specs of an object. */
  public static at(workload: IConstruct, object: ApiObject, specPath: string): JsonPod {
    return new JsonPod(workload, object, specPath);
  }

  /** The quantities that its class maps. */
  private typed?: Paths;
  /** Whether somebody has read the rendering, and so the program may have gone on since. */
  private isRead = false;

  private constructor(
    public readonly workload: IConstruct,
    private readonly object: ApiObject,
    public readonly specPath?: string,
    private rendering?: Rendering,
  ) {}

  public get namespace(): string | undefined {
    return this.object.metadata.namespace;
  }

  public get isFragment(): boolean {
    return isFragment(this.workload);
  }

  public get ensureNonRoot(): boolean {
    return this.template.spec.securityContext?.runAsNonRoot ?? false;
  }

  public get containers(): PodContainer[] {
    return this.current.contents.containers;
  }

  public get initContainers(): PodContainer[] {
    return this.current.contents.initContainers;
  }

  public get lackOfContainers(): string {
    const { spec, path } = this.template;
    return spec.containers
      ? 'add its containers first'
      : `there is no list of containers at ${path}, so write the step without what shows it to one`;
  }

  public get volumes(): string[] {
    return this.current.contents.volumes;
  }

  public get user(): PodUser {
    return this.current.contents.user;
  }

  public get isForWindows(): boolean {
    return this.current.contents.isForWindows;
  }

  public get serviceAccountName(): string | undefined {
    return this.current.contents.serviceAccountName;
  }

  public get kubeletMounts(): readonly Mount[] {
    return this.current.contents.kubeletMounts;
  }

  public metadata(): PodMetadata {
    return this.current.contents.metadata();
  }

  public get size(): number {
    return patchesOf(this.object).length;
  }

  public hasContainer(name: string): boolean {
    return [...this.initContainers, ...this.containers].some(container => container.name === name);
  }

  public refresh(): void {
    if (this.isRead) this.rendering = undefined;
  }

  public addInitContainer(props: kplus.ContainerProps, fields: ContainerFields): void {
    const container = withFields(new kplus.Container(props), fields);
    const element = { value: toKube(container), toJson: kplus.k8s.toJson_Container };
    keepFileVariables(this.object, { container: props.name, specPath: this.specPath }, props.envVariables);
    this.add('initContainers', element, container.mounts.map(mount => mount.volume));
  }

  public mount(
    name: string | undefined,
    path: string,
    volume: kplus.Volume,
    options: kplus.MountOptions,
  ): void {
    const mounted = new kplus.Container({
      image: 'of no interest',
      volumeMounts: [{ path, volume, ...options }],
    });
    const element = {
      value: toKube(mounted).volumeMounts![0],
      toJson: kplus.k8s.toJson_VolumeMount,
    };
    this.add(`${this.pathOf(name)}/volumeMounts`, element, [volume]);
  }

  public hasVariable(container: string | undefined, name: string): boolean {
    const variables = listAt(this.template.spec, `${this.pathOf(container)}/env`) as { name: string }[] | null;
    return variables?.some(each => each.name === name) ?? false;
  }

  public addVariable(container: string | undefined, { name, source }: Variable): boolean {
    if (this.hasVariable(container, name)) return false;
    const isText = typeof source === 'string';
    const value = isText ? { name, value: source } : { name, valueFrom: { fileKeyRef: source } };
    if (!isText) {
      const owner = { container, specPath: this.specPath };
      keepFileVariables(this.object, owner, { [name]: rawEnvValue(value.valueFrom!) });
    }
    this.add(`${this.pathOf(container)}/env`, { value, toJson: each => each }, []);
    return true;
  }

  public likeness(name: string): Likeness | undefined {
    const container = this.template.spec.containers?.find(each => each.name === name);
    return container && manifestLikeness(container);
  }

  public finished(): PodContents {
    this.refresh();
    return this.current.contents;
  }

  /** Where the app container of a name is in the pod spec. */
  private pathOf(name: string | undefined): string {
    return `containers/${this.containers.findIndex(candidate => candidate.name === name)}`;
  }

  /** What all patches so far make of it. */
  private get current(): Rendering {
    if (this.rendering?.patches !== this.size) this.rendering = render(this.object, this.specPath);
    this.isRead = true;
    return this.rendering!;
  }

  private get template(): ManifestTemplate {
    const place = { of: this.object.kind, path: this.workload.node.path };
    return this.current.template
      ?? refuseAll(place, 'has lost its pod template to a JSON patch', 'patch fields of it');
  }

  /**
   * Adds an element to a list of the pod spec, and the volumes that it needs: all of it, or nothing if it is
   * refused.
   */
  private add<T>(list: string, element: Element<T>, volumes: kplus.Volume[]): void {
    const known = { pod: this, object: this.object, volumes: this.template.spec.volumes };
    const missing = missingVolumes(known, volumes).map(volume => ({
      value: toKube(volume),
      toJson: kplus.k8s.toJson_Volume,
    }));
    const patches = [
      ...this.additions(list, [element]),
      ...this.additions('volumes', missing),
    ];
    if (mapsPatchedJson(this.object)) {
      this.requireKept(list, [element], patches);
      this.requireKept('volumes', missing, patches);
    }
    this.object.addJsonPatch(...patches);
  }

  /** Refuses an object whose class knows too little of pods to keep what is added to it. */
  private requireKept<T>(
    list: string,
    elements: Element<T>[],
    patches: JsonPatch[],
  ): void {
    if (elements.length === 0) return;
    const spec = templateOf(renderedWith(this.object, ...patches), this.specPath)?.spec;
    const wanted = elements.map(({ value, toJson }) => toJson(resolve([], value, this.object)));
    const [lost] = lostPaths(wanted, listAt(spec, list)?.slice(-elements.length), list);
    if (lost === undefined) return;
    refuseAll(
      { of: this.object.kind, path: this.workload.node.path },
      `its class, which cdk8s import made, does not write ${lost.replace(/\//g, '.')}`,
      'make it as an ApiObject, or import a schema that knows all of pods',
    );
  }

  /** Elements at the end of a list of the pod spec, which may have to be made first. */
  private additions<T>(list: string, elements: Element<T>[]): JsonPatch[] {
    const { path, spec } = this.template;
    const pointer = `${path}/${list}`;
    const values = elements.map(element => this.whenApplied(list, element));
    if (listAt(spec, list) || values.length === 0) {
      return values.map(value => JsonPatch.add(`${pointer}/-`, value));
    }
    return [requireAbsent(this.object, pointer), JsonPatch.add(pointer, values)];
  }

  /** An element that is made when its patch is applied. */
  private whenApplied<T>(list: string, { value, toJson }: Element<T>): object {
    const typed = (this.typed ??= typedQuantities(this.object, this.template.path));
    return { toJSON: () => withTyped(toJson(resolve([], value, this.object)), typed, list) };
  }
}

/**
 * Fails when there is a list after all: one that another class fills only later would be lost. A patch may have
 * written null, which the rendering of some classes does not show.
 */
function requireAbsent(object: ApiObject, pointer: string): JsonPatch {
  const [isNull, isMissing] = [null, undefined].map(value => JsonPatch.test(pointer, value));
  try {
    renderedWith(object, isMissing);
    return isMissing;
  } catch {
    return isNull;
  }
}

/** A list below a pod spec; null is none. */
function listAt(spec: unknown, list: string): unknown[] | undefined | null {
  return list.split('/').reduce((part: any, key) => part?.[key], spec);
}
