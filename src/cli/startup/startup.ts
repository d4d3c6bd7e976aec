import { Construct, type IConstruct } from 'constructs';
import { readHandWritten } from './hand-written';
import { readOurStep, readSidecar } from './our-steps';
import type { ReadEndpoint, Reading } from './reading';
import { freeId, ManifestTree } from './tree';
import { defaultsAt } from '../../init-defaults';
import type { Edge } from '../../private/startup/edge';
import { awaitedCondition } from '../../private/step/condition';
import { addFoundStep } from '../../private/step/step-record';
import { storedKeys } from '../../private/step/stored-key';
import { endpointTarget, type Target } from '../../private/step/target';
import { listOf } from '../../private/values/lists';
import type { Container, Manifests, Pod } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';

/** The name of what is found about the start-up, by which an annotation switches it off. */
export const STARTUP = 'startup';

const ESCAPE = 'or, if something answers there that these manifests do not have, '
  + `switch this off by the annotation cdk8s-init-containers/ignore: ${STARTUP}`;

/** An init container of a manifest. */
export interface ReadStep {
  readonly container: Container;
  readonly reading: Reading;
}

/** A wait of an init container. */
export interface ReadWait {
  readonly container: Container;
  /** Nothing of a step of ours. */
  readonly command?: ShellCommand;
}

/** Manifests as constructs, and init containers as such with the record of a step: what the start-up graph reads. */
export class Startup {
  public readonly root: IConstruct;
  /** The pods by the paths of their workloads. */
  public readonly pods = new Map<string, Pod>();
  /** The init containers by their paths. */
  public readonly steps = new Map<string, ReadStep>();
  private readonly commands = new Map<Target, ShellCommand | undefined>();

  /** @param counts the init containers to look at, which otherwise are all */
  public constructor({ all, pods }: Manifests, counts: (container: Container) => boolean = () => true) {
    const tree = new ManifestTree(all);
    this.root = tree.root;
    for (const pod of pods) {
      const workload = tree.workloadOf(pod);
      this.pods.set(workload.node.path, pod);
      pod.initContainers.filter(counts).forEach(container => this.add(container, workload));
    }
  }

  /** What of the manifests an edge of the graph is. */
  public waitOf(edge: Edge): ReadWait {
    return {
      container: this.steps.get(edge.wait.step.node.path)!.container,
      command: edge.condition ? undefined : this.commands.get(edge.target),
    };
  }

  private add(container: Container, workload: Construct): void {
    const step = new Construct(workload, freeId(workload, container.name));
    const reading = readOurStep(container, step) ?? readSidecar(container) ?? readHandWritten(container);
    this.steps.set(step.node.path, { container, reading });
    const { limit, budget, isBudgetWritten, conditions } = reading;
    const targets = reading.endpoints.map(each => this.targetOf(each));
    const wait = {
      timeout: typeof limit === 'number' ? limit : Infinity,
      namespace: container.pod.namespace,
      clusterDomain: defaultsAt(step).clusterDomain,
      targets,
      conditions: conditions.map(each => awaitedCondition.required(each)),
    };
    const waits = targets.length + conditions.length > 0;
    addFoundStep(step, workload, {
      budget, isBudgetWritten, wait: waits ? wait : undefined, keys: keysIn(container), escape: ESCAPE,
    });
  }

  private targetOf({ endpoint, isOptional, command }: ReadEndpoint): Target {
    const target = { ...endpointTarget.required(endpoint), isOptional };
    this.commands.set(target, command);
    return target;
  }
}

/** The keys that the variables of a container are taken from. */
function keysIn({ spec }: Container) {
  return storedKeys(Object.fromEntries(listOf(spec.env).map((each, index) => [index, each ?? {}])));
}
