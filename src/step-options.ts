import type * as kplus from 'cdk8s-plus-28';
import { mapOf, type Kinds } from './private/values/kind';
import { ENV_VALUE, RESOURCES, TEXT } from './private/values/kinds';
import { RUN_AS } from './private/values/user';
import type { RunAs } from './run-as';

/** What every step accepts. Whatever is left out comes from `InitDefaults`. */
export interface InitStepOptions {
  /**
   * The image to run, used exactly as written.
   *
   * @default - the tool image that the step needs, see `InitDefaultsProps`; for `CopyFromImage` the image of the
   * first container of the workload
   */
  readonly image?: string;

  /**
   * CPU and memory, replaced as a whole.
   *
   * @default - 10m and 16Mi requested, 500m and 64Mi allowed; of a step whose own directory on the disk may hold at
   * least 512 MiB (see `maxSize`) also that much ephemeral-storage requested, in whole GiB; of a `Sidecar` 10m and
   * 64Mi requested, 1 CPU and 256Mi allowed
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * More environment variables, e.g. a proxy. They join those of `InitDefaults`, name by name; of one name these win.
   *
   * Values reach the program as written: `$(X)` and `$$` are not expanded, unless an `InitStep` asks for it.
   *
   * @default - those of `InitDefaults`
   * @throws when a name is none, begins with `step_` or `var_` in a step of the library, or a value is longer
   * than 128 KiB
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * The user that the step runs as; set it to the app's user when the app must own the files (mode 0600). In
   * a pod with an
   * `fsGroup` that is not needed: there mode 0640 lets the app read them.
   *
   * @default - RunAs.user(65534, 65534) for the library's programs and images, RunAs.inherited() for an
   * `InitStep`, `Sidecar` or `CopyFromImage` with an image of its own, the user of the first container for a
   * `CopyFromImage` without one; `PrepareVolume` runs as user 0
   * @throws when it is given to a `PrepareVolume`
   */
  readonly runAs?: RunAs;
}

export const STEP_OPTIONS: Kinds<InitStepOptions> = {
  image: TEXT,
  resources: RESOURCES,
  env: mapOf(ENV_VALUE),
  runAs: RUN_AS,
};

