/** A wait for conditions, beside a server that says of them what a test wants. */
import type { ApiServer } from './api-server';
import type { Container } from './container';
import { run, type Run, type RunOptions } from './run';
import { certificate } from './servers';
import type { Shell } from './shells';
import { waitForCondition, type ConditionKind } from '../../src/programs';

const API = '/var/run/secrets/cdk8s-init-containers';

/** Where the token is. */
export const TOKEN = `${API}/token`;

export const JOB = '/apis/batch/v1/namespaces/shop/jobs/migrate';
export const CERTIFICATE = '/apis/cert-manager.io/v1/namespaces/other/certificates/web';

/** As the step writes them. */
export const COMPLETED = 'completed,,batch/v1,jobs,,Job,migrate';
export const READY = 'met,Ready,cert-manager.io/v1,certificates,other,Certificate,web';

/** The container of a step that waits for them. */
export function waitingFor(conditions: readonly string[], port: number, timeout = 20): Container {
  const kinds = new Set(conditions.map(each => each.split(',')[0] as ConditionKind));
  const { text } = waitForCondition({ kinds, single: conditions.length === 1 });
  const env = {
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: `${port}`,
    step_api: API,
    step_conditions: conditions.join(' '),
    step_namespace: 'shop',
    step_timeout: `${timeout}`,
  };
  return {
    command: ['sh', '-c', text, 'wait'],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    volumeMounts: [{ mountPath: API }],
  };
}

interface Waiting extends RunOptions {
  /** How long it may wait, in seconds. */
  readonly timeout?: number;
}

/** Waits for them. */
export function waitFor(
  conditions: string | readonly string[], { port }: ApiServer, shell: Shell, options: Waiting = {},
): Promise<Run> {
  const files = { [TOKEN]: 'very-secret', [`${API}/ca.crt`]: certificate!.cert, ...options.files };
  return run(waitingFor([conditions].flat(), port, options.timeout), shell, { ...options, files });
}

/** A Job with these conditions. */
export function job(conditions: object[] = [], status: object = {}): { [name: string]: unknown } {
  return { kind: 'Job', apiVersion: 'batch/v1', spec: {}, status: { ...status, conditions } };
}

export const complete = job([{ type: 'Complete', status: 'True' }], { succeeded: 1 });
