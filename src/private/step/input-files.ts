import { createHash } from 'crypto';
import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { StepMount } from './mounts';
import {
  textSource, type KnownText, type StoredText, type TextSource,
} from './text-source';
import type { Pod } from '../pod/pod';
import type { Site } from '../pod/site';
import { directoryOf, recordOf, volumeOf } from '../pod/workload-record';
import { Attached } from '../values/attached';
import { childName } from '../values/child-name';
import { DETACHED } from '../values/detached';
import { inWords, refuseWith } from '../values/refuse';

/** Volumes have names of at most 63 characters, of which a hash takes 11. */
const LONGEST_NAME = 52;

/** Flux would take the `${NAME}` of a text for variables of its own. */
const NOT_SUBSTITUTED = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

/** The ids of the ConfigMaps of texts that a chart has. */
const configMaps = new Attached<Set<string>>('texts', 1);

/** Texts that a step finds in files, sorted by path. */
export function fileMounts(
  site: Site,
  files: { readonly [path: string]: object } = {},
): StepMount[] {
  const { id, pod, names: propNames = {} } = site;
  const names = new Set<string>();
  return Object.keys(files).sort().map(path => {
    const source: TextSource = textSource.required(files[path]);
    const prop = path in propNames ? path : 'files';
    if (source.parts) return refuseParts(site, prop, source.description);
    if (source.text !== undefined) return { prop, ...knownFile(pod, path, source) };
    const volumeName = childName(id, freeName(nameOf(path), names));
    if (!source.file.isOptional) return { prop, ...storedFile(path, source, volumeName) };
    requireFolder(site, prop, path);
    return { prop, ...optionalFile(path, source, volumeName) };
  });
}

/** A container sees files as they are: nobody puts them together. */
function refuseParts(site: Site, prop: string, description: string): never {
  return refuseWith(site, prop, {
    must: 'hold texts that are one file each',
    got: inWords(description),
    remedy: 'write them by a CopyFiles, and read its file',
  });
}

function requireFolder(site: Site, prop: string, path: string): void {
  if (!/^\/[^/]*$/.test(path)) return;
  refuseWith(site, prop, {
    must: 'have texts that are optional in folders, which are mounted in their place',
    got: path,
    remedy: `write /in${path}`,
  });
}

/** @param volumeName the name of the volume, where one must be made */
function storedFile(
  path: string,
  { file }: StoredText,
  volumeName: string,
): Omit<StepMount, 'prop'> {
  return {
    path,
    subPath: file.name,
    readOnly: true,
    directory: file.directory && directoryOf(file.directory),
    volume: () => volumeOf(file.storage(volumeName, file.name)),
  };
}

/** Of a file that is missing, mounted alone, Kubernetes would make a folder. */
function optionalFile(
  path: string,
  { file }: StoredText,
  volumeName: string,
): Omit<StepMount, 'prop'> {
  const end = path.lastIndexOf('/');
  return {
    path: path.slice(0, end),
    readOnly: true,
    volume: () => volumeOf(file.storage(volumeName, path.slice(end + 1))),
  };
}

/**
 * A text in an immutable ConfigMap, of which each chart has one for each namespace.
 *
 * Its name is known with the text, so that what one workload needs changes no other.
 */
function knownFile(pod: Pod, path: string, { text }: KnownText): Omit<StepMount, 'prop'> {
  const key = path.split('/').pop()!.replace(/[^-._A-Za-z0-9]/g, '-');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const name = `${nameOf(path)}-${hash}`;
  return {
    path,
    subPath: key,
    readOnly: true,
    volume: () => {
      const { textVolumes } = recordOf(pod.workload);
      const known = textVolumes.get(name);
      if (known) return known;
      const volume = textVolume(name, text);
      textVolumes.set(name, volume);
      return volume;
    },
    provide: () => provideConfigMap(pod, name, { [key]: text }),
  };
}

function provideConfigMap(
  { workload, namespace }: Pod,
  name: string,
  data: object,
): void {
  const chart = Chart.of(workload);
  const provided = configMaps.of(chart) ?? configMaps.set(chart, new Set());
  const id = [name, namespace].filter(part => part !== undefined).join('.');
  if (provided.has(id)) return;
  provided.add(id);
  new ApiObject(chart, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, annotations: NOT_SUBSTITUTED },
    immutable: true,
    data,
  });
}

/** A script can be run as it is. */
function textVolume(name: string, text: string): kplus.Volume {
  const defaultMode = text.startsWith('#!') ? 0o555 : undefined;
  const configMap = { name } as kplus.IConfigMap;
  return kplus.Volume.fromConfigMap(DETACHED, name, configMap, { name, defaultMode });
}

/** The end of a path, as a part of the name of a volume. */
function nameOf(path: string): string {
  const words = path.split('/').pop()!.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.slice(0, LONGEST_NAME).replace(/^-+|-+$/g, '') || 'file';
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  taken.add(free);
  return free;
}
