import { Chart, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { appContainers, synthesizedPodSpec, workloadKinds } from './workload-kinds';
import {
  AppProtocol, CopyFiles, DownloadArchive, DownloadConfig, Endpoint, FileSource, FileTree,
  GenerateConfig, HttpAuth, InitDefaults, InitStep, Programs, RunAs, SharedDirectory, WaitForService,
} from '../src';

/** The program: one of every step, with all that a container can hold. */
function addSteps(workload: Construct): void {
  const database = new kplus.Service(Chart.of(workload), 'database', {
    metadata: { name: 'database' },
    ports: [{ port: 5432 }],
  });
  const configMap = kplus.ConfigMap.fromConfigMapName(workload, 'templates', 'templates');
  const claim = kplus.PersistentVolumeClaim.fromClaimName(workload, 'claim', 'reports');
  const cache = new SharedDirectory(workload, 'cache', {
    medium: kplus.EmptyDirMedium.MEMORY,
    sizeLimit: Size.mebibytes(16),
  });
  const caCertificate = FileSource.fromConfigMap(configMap, 'ca.crt');

  new WaitForService(workload, 'wait', {
    endpoints: [Endpoint.service(database), Endpoint.http('https://api', { caCertificate })],
  });
  new DownloadConfig(workload, 'download', {
    url: 'http://config/app.json',
    path: '/app/app.json',
    directory: cache,
  });
  const { file } = new GenerateConfig(workload, 'generate', {
    template: FileSource.fromConfigMap(configMap, 'web.tmpl'),
    variables: {
      CPUS: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, {
        container: new kplus.Container({ name: 'app', image: 'x' }),
        divisor: '1m',
      }),
      IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
    },
    path: '/app/app.conf',
    containers: ['sidecar', 'app'],
  });
  new GenerateConfig(workload, 'again', {
    template: FileSource.fromShared(file),
    directory: cache,
  });
  const credentials = kplus.Secret.fromSecretName(workload, 'credentials', 'credentials');
  const key = (name: string) => kplus.EnvValue.fromSecretValue({ secret: credentials, key: name });
  new WaitForService(workload, 'wait-for-others', {
    endpoints: [
      Endpoint.tcp('cache', 6379, { appProtocol: AppProtocol.REDIS }),
      Endpoint.tcpFrom(key('host'), key('port'), { appProtocol: AppProtocol.POSTGRES }),
      Endpoint.urlFrom(key('url')),
      Endpoint.dns('peers', { minAddresses: 3 }),
      Endpoint.http('https://orders/health', {
        headers: { 'X-Team': '${TEAM}' },
        variables: { TEAM: kplus.EnvValue.fromValue('shop') },
        auth: HttpAuth.basic(key('user'), key('password')),
        bodyContains: 'UP',
      }),
    ],
  });
  new CopyFiles(workload, 'copy', {
    sources: [
      FileTree.fromConfigMap(configMap, { items: { 'web.tmpl': { path: 'web/web.tmpl', mode: 0o600 } } }),
      FileTree.fromSecret(credentials, { folder: 'keys', optional: true }),
      FileTree.fromTexts({ 'host.conf': FileSource.inline('host = ${HOST}') }),
    ],
    variables: { HOST: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME) },
    path: '/etc/app',
  });
  new DownloadArchive(workload, 'unpack', {
    url: 'https://releases/manual.tgz',
    auth: HttpAuth.clientCertificate(
      FileSource.fromSecret(credentials, 'tls.crt'),
      FileSource.fromSecret(credentials, 'tls.key'),
    ),
    path: '/manual',
    containers: ['sidecar'],
  });
  new InitStep(new Construct(workload, 'bundle'), 'own', {
    image: 'tool:1',
    command: ['tool', '$(HOME)'],
    env: { LATER: kplus.EnvValue.fromValue(Lazy.any({ produce: () => 'known at synth' })) },
    reads: { '/cache': cache },
    writes: {
      '/reports': kplus.Volume.fromPersistentVolumeClaim(workload, 'reports', claim, { name: 'reports' }),
    },
    runAs: RunAs.inherited(),
    resources: { cpu: { limit: kplus.Cpu.units(2) }, ephemeralStorage: { request: Size.gibibytes(1) } },
  });
  cache.mountAt('/cache', { containers: ['sidecar'], readOnly: false });
}

function addStepsFromConfigMaps(workload: Construct): void {
  InitDefaults.set(Chart.of(workload), { programs: Programs.CONFIG_MAP });
  addSteps(workload);
}

const reference = (chart: Chart) => new kplus.Deployment(chart, 'web', { containers: appContainers });

describe.each([
  ['in its template', addSteps],
  ['in ConfigMaps', addStepsFromConfigMaps],
])('with programs %s', (_, add) => {
  test.each(workloadKinds)('the same steps make the same pod of %s', (__, make) => {
    const wanted = synthesizedPodSpec(reference, add);
    const without = synthesizedPodSpec(make);

    expect(synthesizedPodSpec(make, add)).toEqual({
      ...without,
      initContainers: wanted.initContainers,
      volumes: wanted.volumes,
      containers: without.containers.map((container: any, index: number) => {
        const { volumeMounts } = wanted.containers[index];
        return { ...container, volumeMounts };
      }),
    });
  });
});
