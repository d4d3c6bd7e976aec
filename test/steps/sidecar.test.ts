import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CopyFiles, Endpoint, FileSource, FileTree, GenerateConfig, InitDefaults, InitStep, PrepareVolume, RunAs,
  SharedDirectory, Sidecar, StartupGraph, WaitForService, type SidecarProps,
} from '../../src';
import { chartIn, said, workloadIn } from '../startup/app';
import { deployment, podSpec } from '../workload';
import { synthesizedPodSpec, workloadKinds } from '../workload-kinds';

const image = 'proxy:1.0';

/** The container of a sidecar in a Deployment. */
function containerOf(props: Partial<SidecarProps> = {}): any {
  const web = deployment();
  new Sidecar(web, 'proxy', { image, ...props });
  return podSpec(web).initContainers[0];
}

test('a sidecar is an init container that is always started again, locked down, as the user of its image', () => {
  expect(containerOf()).toEqual({
    name: 'proxy',
    image,
    imagePullPolicy: 'IfNotPresent',
    restartPolicy: 'Always',
    resources: { limits: { cpu: '1', memory: '256Mi' }, requests: { cpu: '10m', memory: '64Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  });
});

test('a sidecar runs, reads and writes what its properties say', () => {
  const web = deployment();
  const sockets = new SharedDirectory(web, 'sockets');
  new Sidecar(web, 'proxy', {
    image,
    command: ['proxy'],
    args: ['--cost=$(X)'],
    env: { ZONE: kplus.EnvValue.fromValue('a') },
    envFrom: [kplus.Env.fromSecret({ name: 'keys' } as kplus.ISecret)],
    files: { '/etc/proxy/ca.crt': FileSource.fromConfigMap({ name: 'ca' } as kplus.IConfigMap, 'ca.crt') },
    writes: { '/sockets': sockets },
    workingDir: '/srv',
    runAs: RunAs.user(7, 8),
    readOnlyRootFilesystem: false,
    resources: { memory: { limit: Size.mebibytes(100) } },
  });

  const { command, args, env, envFrom, volumeMounts, workingDir, resources, securityContext } =
    podSpec(web).initContainers[0];
  expect({ command, args, env, envFrom, volumeMounts, workingDir, resources }).toEqual({
    command: ['proxy'],
    args: ['--cost=$$(X)'],
    env: [{ name: 'ZONE', value: 'a' }],
    envFrom: [{ secretRef: { name: 'keys' } }],
    volumeMounts: [
      { name: 'sockets', mountPath: '/sockets' },
      { name: 'proxy-ca-crt', mountPath: '/etc/proxy/ca.crt', subPath: 'ca.crt', readOnly: true },
    ],
    workingDir: '/srv',
    resources: { limits: { memory: '100Mi' } },
  });
  expect(securityContext).toMatchObject({ runAsUser: 7, runAsGroup: 8, readOnlyRootFilesystem: false });
});

test('defaults give a sidecar variables, but not the resources of steps that end', () => {
  const web = deployment();
  InitDefaults.set(web, {
    env: { HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy') },
    resources: { memory: { limit: Size.mebibytes(8) } },
  });
  new Sidecar(web, 'proxy', { image });

  const { env, resources } = podSpec(web).initContainers[0];
  expect(env).toEqual([{ name: 'HTTPS_PROXY', value: 'http://proxy' }]);
  expect(resources.limits).toEqual({ cpu: '1', memory: '256Mi' });
});

const byPort = kplus.Probe.fromTcpSocket({ port: 5432, periodSeconds: Duration.seconds(2), failureThreshold: 30 });
const byHttp = kplus.Probe.fromHttpGet('/ready', { port: 9090, scheme: kplus.ConnectionScheme.HTTPS });
const byCommand = kplus.Probe.fromCommand(['pg_isready'], { timeoutSeconds: Duration.seconds(5) });

const PROBES = {
  startupProbe: { failureThreshold: 30, periodSeconds: 2, tcpSocket: { port: 5432 } },
  readinessProbe: { failureThreshold: 3, httpGet: { path: '/ready', port: 9090, scheme: 'HTTPS' } },
  livenessProbe: { failureThreshold: 3, timeoutSeconds: 5, exec: { command: ['pg_isready'] } },
};

test.each(workloadKinds)('%s has a sidecar with probes of a port, of a page and of a command', (_, make) => {
  const { initContainers } = synthesizedPodSpec(make, workload => {
    new Sidecar(workload, 'proxy', { image, startup: byPort, readiness: byHttp, liveness: byCommand });
  });

  expect(initContainers).toEqual([{ ...containerOf(), ...PROBES }]);
});

test.each(workloadKinds)('%s takes a wait for localhost behind a sidecar, and not in front of one', (_, make) => {
  const withWait = (first: 'sidecar' | 'wait') => () => synthesizedPodSpec(make, workload => {
    const add = {
      sidecar: () => new Sidecar(workload, 'proxy', { image }),
      wait: () => new WaitForService(workload, 'wait', { endpoints: [Endpoint.tcp('localhost', 5432)] }),
    };
    add[first]();
    add[first === 'wait' ? 'sidecar' : 'wait']();
  });

  expect(withWait('sidecar')).not.toThrow();
  expect(withWait('wait')).toThrow("its own pod, where sidecar 'proxy' starts only when the step has ended");
});

test('a step like the container of the app may keep running, and a class of one\'s own may be a sidecar', () => {
  class Agent extends Sidecar {
    public constructor(scope: kplus.Deployment) {
      super(scope, 'agent', { image: 'agent:1.0' });
    }
  }
  const web = deployment();
  new InitStep(web, 'helper', { likeContainer: 'main', command: ['helper'], keepsRunning: {} });
  new Agent(web);

  const [helper, agent] = podSpec(web).initContainers;
  expect([helper.image, helper.restartPolicy, helper.startupProbe]).toEqual(['my-app:1.0', 'Always', undefined]);
  expect([agent.image, agent.restartPolicy]).toEqual(['agent:1.0', 'Always']);
});

test('a sidecar may read what only the app writes', () => {
  const web = deployment();
  const logs = new SharedDirectory(web, 'logs');
  web.containers[0].mount('/var/log/app', logs);
  new Sidecar(web, 'ship-logs', { image, reads: { '/logs': logs } });

  expect(podSpec(web).initContainers[0].volumeMounts).toEqual([{ name: 'logs', mountPath: '/logs', readOnly: true }]);
});

test('a sidecar may read what a later step writes', () => {
  const web = deployment();
  const conf = new SharedDirectory(web, 'conf');
  new Sidecar(web, 'proxy', { image, reads: { '/conf': conf } });
  new GenerateConfig(web, 'generate', { template: FileSource.inline('a'), directory: conf, fileName: 'proxy.conf' });

  expect(said(Chart.of(web))).toEqual([]);
});

test('a sidecar that may not read the files of a later step is named in a warning', () => {
  const web = deployment();
  const conf = new SharedDirectory(web, 'conf');
  new Sidecar(web, 'proxy', { image, reads: { '/conf': conf }, runAs: RunAs.user(7, 8) });
  new CopyFiles(web, 'copy', {
    sources: [FileTree.fromTexts({ a: FileSource.inline('a') })], directory: conf, mode: 0o600,
  });

  expect(said(Chart.of(web))).toEqual([
    "warning [shop/web/copy] writes files of directory 'conf' with mode 0600 as user 65534, so that "
    + "container 'proxy' as user 7 may not read them; run the step as RunAs.user(7, 8), "
    + 'or give the pod an fsGroup and the files the mode 0o640',
  ]);
});

test('a volume may belong to a sidecar that writes there beside the app', () => {
  const web = deployment({ containers: [{ image: 'my-app:1.0', securityContext: { user: 5, group: 5 } }] });
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const data = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim, { name: 'data' });
  web.containers[0].mount('/data', data);
  new PrepareVolume(web, 'prepare', { volume: data, owner: RunAs.user(999, 999), mode: 0o750 });
  const ofOthers = said(Chart.of(web));
  new Sidecar(web, 'database', { image: 'postgres:16', writes: { '/data': data }, runAs: RunAs.user(999, 999) });

  expect(ofOthers).toEqual([expect.stringContaining("gives volume 'data' to user 999, but container 'main' writes")]);
  expect(said(Chart.of(web))).toEqual([]);
});

test('the start-up graph counts a sidecar for as long as its startup probe may take', () => {
  const worstOf = (startup?: kplus.Probe) => {
    const web = deployment();
    new Sidecar(web, 'proxy', { image, startup });
    const [{ worstCase, isBounded }] = StartupGraph.of(web).order();
    return [worstCase!.toSeconds(), isBounded];
  };
  const slow = { initialDelaySeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(20), failureThreshold: 2 };

  expect([undefined, byPort, byHttp, kplus.Probe.fromTcpSocket({ port: 1, ...slow })].map(worstOf))
    .toEqual([[0, true], [60, true], [30, true], [45, true]]);
});

test('a startup probe counts against the progress deadline, as timeouts do', () => {
  const web = deployment();
  const startup = kplus.Probe.fromTcpSocket({ port: 1, failureThreshold: 70 });
  new Sidecar(web, 'proxy', { image, startup });

  expect(said(Chart.of(web))).toEqual([
    'warning [shop/web] may take 11 min 40 s in its steps (proxy 11 min 40 s), but after its progressDeadlineSeconds '
    + "of 600 'kubectl rollout status' reports a failure; set progressDeadlineSeconds to more than 700, or shorten "
    + 'the timeouts',
  ]);
});

test('the start-up graph names the sidecar that answers a step of its own pod', () => {
  const chart = chartIn('shop');
  const web = workloadIn(chart, 'Deployment', 'web') as ApiObject;
  new Sidecar(web, 'proxy', { image, startup: byPort });
  new Sidecar(web, 'agent', { image });
  for (const [id, port] of Object.entries({ 'wait-for-proxy': 5432, 'wait-for-agent': 80 })) {
    new WaitForService(web, id, { endpoints: [Endpoint.tcp('localhost', port)], timeout: Duration.seconds(20) });
  }

  const graph = StartupGraph.of(chart);
  const edge = { workload: 'shop/web', timeout: Duration.seconds(20), answeredBy: [], needsReady: false };
  expect(graph.toText()).toBe(
    'level 1\n  shop/web  at most 1 min 40 s, after its sidecar proxy and its sidecar proxy or agent\n',
  );
  expect(graph.toMermaid()).toBe([
    'flowchart LR',
    '  subgraph c1["shop"]',
    '    w1["web<br>Deployment"]',
    '    s1["web/proxy<br>sidecar"]',
    '    s2["web/agent<br>sidecar"]',
    '  end',
    '  w1 -->|"5432, 20 s"| s1',
    '  w1 -->|"80, 20 s"| s1',
    '  w1 -->|"80, 20 s"| s2',
    '',
  ].join('\n'));
  expect(graph.edges()).toEqual([
    { ...edge, step: 'wait-for-proxy', endpoint: 'tcp://localhost:5432', sidecars: ['proxy'] },
    { ...edge, step: 'wait-for-agent', endpoint: 'tcp://localhost:80', sidecars: ['proxy', 'agent'] },
  ]);
});
