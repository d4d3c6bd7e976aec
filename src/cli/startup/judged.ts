import { Startup, type ReadWait } from './startup';
import type { Edge } from '../../private/startup/edge';
import { Plan } from '../../private/startup/plan';
import type { Manifests } from '../manifests/pods';

/** A wait of an init container that is a part of a circle. */
export interface CircleLink extends ReadWait {
  /** What it waits for, as it is written. */
  readonly awaited: string;
}

/** The circles of waits in manifests; one of a single wait is for the workload itself. */
export function circlesIn(manifests: Manifests): CircleLink[][] {
  const startup = new Startup(manifests);
  const linkOf = (edge: Edge): CircleLink => ({
    ...startup.waitOf(edge),
    awaited: edge.condition ? edge.address : edge.target.host,
  });
  return new Plan(startup.root).cycles().map(cycle => cycle.map(linkOf));
}
