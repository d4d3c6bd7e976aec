import { Startup } from './startup';
import type { Edge } from '../../private/startup/edge';
import { Plan } from '../../private/startup/plan';
import type { Container, Manifests } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';

/** A wait of an init container that is a part of a circle. */
export interface CircleLink {
  readonly container: Container;
  /** Nothing of a step of ours. */
  readonly command?: ShellCommand;
  /** What it waits for, as it is written. */
  readonly awaited: string;
}

/** The circles of waits in manifests; one of a single wait is for the workload itself. */
export function circlesIn(manifests: Manifests): CircleLink[][] {
  const startup = new Startup(manifests);
  const linkOf = (edge: Edge): CircleLink => ({
    container: startup.steps.get(edge.wait.step.node.path)!.container,
    command: edge.condition ? undefined : startup.commandFor(edge.target),
    awaited: edge.condition ? edge.address : edge.target.host,
  });
  return new Plan(startup.root).cycles().map(cycle => cycle.map(linkOf));
}
