import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Pod } from '../pod/pod';
import { Attached } from '../values/attached';
import { detachedScope } from '../values/detached-scope';

/** A program, as far as a ConfigMap of it is concerned. */
interface Program {
  readonly name: string;
  readonly hash: string;
  readonly text: string;
}

/** Where a container finds its program. */
const PROGRAM_FOLDER = '/step';

/** Flux would take the `${NAME}` of a program for variables of its own. */
const NOT_SUBSTITUTED = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

const configMaps = new Attached<Set<string>>('program-config-maps');
const volumes = new Attached<Map<string, kplus.Volume>>('program-volumes');

/**
 * A program in an immutable ConfigMap, of which each chart has one for each namespace.
 *
 * Its name is known with the program, so that what one workload needs changes no other. Both are made when a container mounts it: a step
 * that is refused leaves nothing behind.
 */
class ProgramStorage extends Construct implements kplus.IStorage {
  public constructor(private readonly pod: Pod, private readonly program: Program) {
    super(detachedScope(), 'program');
  }

  public asVolume(): kplus.Volume {
    const { workload, namespace } = this.pod;
    const name = `${this.program.name}-${this.program.hash}`;
    const known = volumes.of(workload) ?? volumes.set(workload, new Map());
    if (!known.has(name)) {
      makeOnce(Chart.of(workload), namespace, name, this.program);
      const configMap = { name } as kplus.IConfigMap;
      known.set(name, kplus.Volume.fromConfigMap(detachedScope(), name, configMap, { name }));
    }
    return known.get(name)!;
  }
}

function makeOnce(chart: Chart, namespace: string | undefined, name: string, program: Program): void {
  const made = configMaps.of(chart) ?? configMaps.set(chart, new Set());
  const id = [name, namespace].filter(part => part !== undefined).join('.');
  if (made.has(id)) return;
  made.add(id);
  new ApiObject(chart, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, annotations: NOT_SUBSTITUTED },
    immutable: true,
    data: { [program.name]: program.text },
  });
}

/** How a container runs a program under its own name (`$0`), and what it must mount for that. */
export function programStart(pod: Pod, program: Program, inConfigMap: boolean): { command: string[]; reads: { [path: string]: kplus.IStorage } } {
  if (!inConfigMap) return { command: ['sh', '-c', program.text], reads: {} };
  return {
    command: ['sh', '-c', `. ${PROGRAM_FOLDER}/${program.name}`],
    reads: { [PROGRAM_FOLDER]: new ProgramStorage(pod, program) },
  };
}
