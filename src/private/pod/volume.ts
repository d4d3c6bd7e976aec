import { isDeepStrictEqual } from 'util';

/** A volume of a pod as it stands in a manifest: its name, and a source unless it is one that the pod has. */
export interface Volume {
  readonly name: string;
  readonly [source: string]: unknown;
}

/** The kubelet fills these itself. It makes folders in them to mount others on; containers only read them. */
const FILLED_BY_KUBELET = ['configMap', 'secret', 'projected', 'downwardAPI'];

/** The types of a path of the node that is no folder. */
const FILE_OF_NODE = /^(File|FileOrCreate|Socket|CharDevice|BlockDevice)$/;

/** What the API server adds where a manifest says nothing. */
const DEFAULTS: { readonly [source: string]: object } = {
  configMap: { defaultMode: 0o644 },
  secret: { defaultMode: 0o644 },
  projected: { defaultMode: 0o644 },
  downwardAPI: { defaultMode: 0o644 },
  azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared' },
};

/** The suffixes of quantities. */
const UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** What a volume is to the containers that mount it. */
export interface VolumeNature {
  /** Whether none of them can write to it, whatever their mounts say. */
  readonly isReadOnly: boolean;
  /** Whether the kubelet fills it, and so can make mount points in it. */
  readonly isFilledByKubelet: boolean;
  /** Whether it is a single file of the node. */
  readonly isFileOfNode: boolean;
}

export function natureOf(volume: object | undefined): VolumeNature {
  const sources = sourcesOf(volume);
  const isFilledByKubelet = sources.some(([source]) => FILLED_BY_KUBELET.includes(source));
  const isReadOnly = sources.some(
    ([source, options]) => source === 'image' || options.readOnly === true,
  );
  const isFileOfNode = sources.some(
    ([source, { type }]) => source === 'hostPath' && FILE_OF_NODE.test(`${type}`),
  );
  return { isReadOnly: isReadOnly || isFilledByKubelet, isFilledByKubelet, isFileOfNode };
}

/** Whether a volume is only named, which means the one of that name that the pod has. */
export function isOnlyNamed(volume: object): boolean {
  return sourcesOf(volume).length === 0;
}

/** Whether two volumes are the same to the API server, which knows defaults and takes `1Gi` for `1024Mi`. */
export function isSameVolume(one: Volume, other: Volume): boolean {
  return isDeepStrictEqual(completed(one), completed(other));
}

function sourcesOf(volume: object = {}): [string, { readonly [option: string]: unknown }][] {
  return Object.entries(volume).filter(([source, options]) => source !== 'name' && options);
}

/** A volume as the API server keeps it. */
function completed(volume: Volume): unknown {
  return sourcesOf(volume).map(([source, options]) => [
    source,
    { ...DEFAULTS[source], ...(said(options) as object) },
  ]);
}

/** What a manifest says, without what says no more than silence: `false`, 0, empty texts, null. */
function said(value: unknown, key?: string): unknown {
  if (key === 'sizeLimit') return bytesOf(`${value}`);
  if (Array.isArray(value)) return value.map(each => said(each));
  if (!(value instanceof Object)) return value;
  const options = Object.entries(value).filter(([, option]) => option);
  return Object.fromEntries(options.map(([name, option]) => [name, said(option, name)]));
}

/** A quantity as a number, or as it is if it is none. */
export function bytesOf(quantity: string): number | string {
  const [, number, unit, binary] = /^([0-9.]+)([kKMGTPE]?)(i?)$/.exec(quantity) ?? [];
  if (number === undefined) return quantity;
  return Number(number) * (binary ? 1024 : 1000) ** UNITS.indexOf(unit.replace('K', 'k'));
}
