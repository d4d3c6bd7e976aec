import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Pod } from '../pod/pod';
import { recordOf } from '../pod/workload-record';
import { Attached } from '../values/attached';
import { detachedScope } from '../values/detached-scope';

/** A program, as far as a container runs it. */
interface Program {
  readonly name: string;
  readonly hash: string;
  readonly text: string;
}

/** How a container runs a program, and what it must mount for that. */
interface ProgramStart {
  readonly command: string[];
  readonly reads: { [path: string]: kplus.IStorage };
}

/** Where a container finds a program that does not stand in its command. */
const FOLDER = '/step';

/** Flux would take the `${NAME}` of a program for variables of its own. */
const NOT_SUBSTITUTED = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

/** The ids of the ConfigMaps that a chart has. */
const configMaps = new Attached<Set<string>>('programs', 1);

/** How a container runs a program, whose `$0` is its first argument. */
export function programStart(
  pod: Pod,
  program: Program,
  place: 'inline' | 'config-map',
): ProgramStart {
  if (place === 'inline') return { command: ['sh', '-c', program.text], reads: {} };
  return {
    command: ['sh', '-c', `. ${FOLDER}/${program.name}`],
    reads: { [FOLDER]: new ProgramStorage(pod, program) },
  };
}

/**
 * A program in an immutable ConfigMap, of which each chart has one for each namespace.
 *
 * Its name is known with the program, so that what one workload needs changes no other. ConfigMap and volume are made
 * when a container mounts them: a step that is refused leaves nothing behind.
 */
class ProgramStorage extends Construct implements kplus.IStorage {
  public constructor(private readonly pod: Pod, private readonly program: Program) {
    super(detachedScope(), 'program');
  }

  public asVolume(): kplus.Volume {
    const { programVolumes } = recordOf(this.pod.workload);
    const name = `${this.program.name}-${this.program.hash}`;
    const known = programVolumes.get(name);
    if (known) return known;
    this.provideConfigMap(name);
    const volume = kplus.Volume.fromConfigMap(detachedScope(), name, { name } as kplus.IConfigMap, {
      name,
    });
    programVolumes.set(name, volume);
    return volume;
  }

  private provideConfigMap(name: string): void {
    const { workload, namespace } = this.pod;
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
      data: { [this.program.name]: this.program.text },
    });
  }
}
