import type * as kplus from 'cdk8s-plus-28';
import type { Kinds } from './private/values/kind';
import { PROBE } from './private/values/kinds';

/** How the kubelet knows that a program that keeps running has started, lives and is ready. */
export interface SidecarProbes {
  /**
   * Until it succeeds the next step does not start, and no other probe is asked. One that fails too often ends the
   * program, and Kubernetes starts it again, with back-off.
   *
   * @default - none: the next step starts as soon as the program has started, whether it answers yet or not
   * @throws when it asks a port and names none
   */
  readonly startup?: kplus.Probe;

  /**
   * One that fails too often ends the program, and Kubernetes starts it again, with back-off.
   *
   * @default - none
   * @throws when it asks a port and names none
   */
  readonly liveness?: kplus.Probe;

  /**
   * Whether it is ready, which counts for the pod: without it no Service leads there.
   *
   * @default - none: it is ready when it has started
   * @throws when it asks a port and names none
   */
  readonly readiness?: kplus.Probe;
}

export const SIDECAR_PROBES: Kinds<SidecarProbes> = {
  startup: PROBE,
  liveness: PROBE,
  readiness: PROBE,
};
