import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import { checkKinds, checkNames, type Kinds } from '../private/values/kind';
import { propNames } from '../private/values/prop-names';
import { placeOf, refuseAll, type NewPlace } from '../private/values/refuse';
import { PROGRAM_OPTIONS, type ProgramOptions } from '../program-options';
import { SIDECAR_PROBES, type SidecarProbes } from '../sidecar-probes';

/**
 * Options of a `Sidecar`.
 *
 * `resources`: by default 10m and 64Mi are requested, and 1 CPU and 256Mi allowed, whatever `InitDefaults` say for
 * steps that end; they add to the app's. What it `reads` may be written later, also by the app.
 */
export interface SidecarProps extends ProgramOptions, SidecarProbes {}

const PROPS: Kinds<SidecarProps> = { ...PROGRAM_OPTIONS, ...SIDECAR_PROBES };

/** Of what runs as long as the app. */
const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10), limit: kplus.Cpu.units(1) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
};

/**
 * An init container that keeps running beside the app: a proxy, an agent (Kubernetes 1.29 and later).
 *
 * It stands in the row of the steps: the next one starts when it has started, or when its `startup` probe succeeds. A
 * wait for `localhost` behind it is sounder: it tries as often as it must, says what is missing, and sees what binds to
 * 127.0.0.1 only. Kubernetes starts it again whenever it ends, and ends it behind the app; a Job is complete without
 * it. It runs as the user of its image unless it says otherwise, locked down like every step.
 *
 * @throws when it has no `image`, or `InitDefaults` names a `kubernetesVersion` before 1.29
 * @example
 * new Sidecar(web, 'database-proxy', {
 *   image: 'registry.corp.example/database-proxy:2.11',
 *   args: ['--port=5432', 'shop:europe-west1:orders'],
 *   runAs: RunAs.user(65532, 65532),
 * });
 * new WaitForService(web, 'wait-for-proxy', { endpoints: [Endpoint.tcp('localhost', 5432)] });
 */
export class Sidecar extends InitStep {
  public constructor(scope: Construct, id: string, props: SidecarProps) {
    const place = placeOf('Sidecar', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === Sidecar) checkNames(place, props, PROPS);
    super(scope, id, keptRunning(place, props));
  }
}

function keptRunning(place: NewPlace, props: SidecarProps): InitStepProps {
  const { startup, liveness, readiness, ...program } = props;
  if (program.image === undefined) refuseAll(place, 'has no image', "write image: '...'");
  const passed: InitStepProps = {
    ...program,
    resources: program.resources ?? RESOURCES,
    keepsRunning: { startup, liveness, readiness },
  };
  propNames.set(passed, {
    'keepsRunning.startup': 'startup',
    'keepsRunning.liveness': 'liveness',
    'keepsRunning.readiness': 'readiness',
  });
  return passed;
}
