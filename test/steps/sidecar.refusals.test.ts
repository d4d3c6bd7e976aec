import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Endpoint, FileSource, InitDefaults, InitStep, SharedDirectory, Sidecar, type InitStepProps, type SidecarProps,
} from '../../src';
import { testRefusals } from '../refusals';
import { deployment } from '../workload';

function sidecar(props: object, web = deployment()) {
  return () => new Sidecar(web, 'proxy', { image: 'proxy:1.0', ...props } as SidecarProps);
}

function keepsRunning(props: InitStepProps) {
  return () => new InitStep(deployment(), 'proxy', { image: 'proxy:1.0', keepsRunning: {}, ...props });
}

function forKubernetes(kubernetesVersion: string) {
  return () => {
    const web = deployment();
    InitDefaults.set(web, { kubernetesVersion });
    sidecar({}, web)();
  };
}

const MUST_NAME_PORT =
  'must name the port that it asks, got none; write { port: ... } among its options [shop/web/proxy]';
const MUST_BE_PROBE = 'must be a Probe, got "/healthz"; write Probe.fromTcpSocket({ port }), '
  + 'Probe.fromHttpGet(path, { port }) or Probe.fromCommand(command) [shop/web/proxy]';

testRefusals('Sidecar', [
  ['no image', sidecar({ image: undefined }), "Sidecar: has no image; write image: '...' [shop/web/proxy]"],
  ['a Kubernetes that is too old', forKubernetes('1.28'),
    'Sidecar: needs Kubernetes 1.29, but the YAML is for 1.28 and later, which may wait for its end; '
      + "say InitDefaults.set(scope, { kubernetesVersion: '1.29' }), or run it beside the app [shop/web/proxy]"],
  ['a startup probe without a port', sidecar({ startup: kplus.Probe.fromTcpSocket() }),
    `Sidecar: 'startup' ${MUST_NAME_PORT}`],
  ['a readiness probe without a port', sidecar({ readiness: kplus.Probe.fromHttpGet('/ready') }),
    `Sidecar: 'readiness' ${MUST_NAME_PORT}`],
  ['a liveness probe that is a text', sidecar({ liveness: '/healthz' }), `Sidecar: 'liveness' ${MUST_BE_PROBE}`],
  ['a property that is a slip', sidecar({ startupp: kplus.Probe.fromCommand(['x']) }),
    "Sidecar: 'startupp' must be a known property, got an object of class Probe; "
      + 'did you mean startup? [shop/web/proxy]'],
  ['a file that nobody writes before it', () => {
    const web = deployment();
    const file = new SharedDirectory(web, 'conf').file('a');
    sidecar({ files: { '/conf/a': FileSource.fromShared(file) } }, web)();
  }, "Sidecar: reads a of directory 'conf', but no earlier step writes it; "
      + 'create the step that writes it first [shop/web/proxy]'],
  ['a timeout', sidecar({ timeout: Duration.minutes(1) }),
    'Sidecar: keeps running, but has timeout; its startup probe says how long it may take to start [shop/web/proxy]'],
]);

testRefusals('InitStep', [
  ['a step that keeps running and is tried again',
    keepsRunning({ command: ['x'], retryInterval: Duration.seconds(1) }),
    'InitStep: keeps running, but has retryInterval; Kubernetes starts it again when it ends [shop/web/proxy]'],
  ['a step that keeps running and waits', keepsRunning({ waitsFor: [Endpoint.tcp('db', 1)] }),
    'InitStep: keeps running, but has waitsFor; write a WaitForService before it [shop/web/proxy]'],
  ['a step that keeps running and waits for conditions', keepsRunning({ conditions: [] }),
    'InitStep: keeps running, but has conditions; write a WaitForCondition before it [shop/web/proxy]'],
  ['a step that keeps running and hands over a file', keepsRunning({ outputFiles: { '/out/a': {} } }),
    'InitStep: keeps running, but has outputFiles; '
      + 'nobody knows when they are whole; name the directory in writes [shop/web/proxy]'],
  ['a probe of a step without a port', keepsRunning({ keepsRunning: { startup: kplus.Probe.fromTcpSocket() } }),
    `InitStep: 'keepsRunning.startup' ${MUST_NAME_PORT}`],
]);
