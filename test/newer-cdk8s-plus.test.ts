import { Chart, Size, Testing } from 'cdk8s';
import * as kplus28 from 'cdk8s-plus-28';
import * as kplus from 'cdk8s-plus-33';
import {
  CopyFiles, Endpoint, FileSource, FileTree, GenerateConfig, InitDefaults, InitStep, SharedDirectory, Sidecar,
  WaitForCondition, WaitForService, Condition,
} from '../src';

// The compiler checks these tests, too: `npm test` fails where it takes a line below @ts-expect-error.

/** The pod of a Deployment of cdk8s-plus-33 to which something was added. */
function podWith(add: (web: kplus.Deployment, chart: Chart) => void): any {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const account = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'web');
  add(new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:1.0' }], serviceAccount: account }), chart);
  return Testing.synth(chart).find(({ metadata }) => metadata.name.startsWith('shop-web')).spec.template.spec;
}

const tool = { image: 'tool:1.0', command: ['true'] };
const stepOf = (pod: any) => pod.initContainers[0];

test('a Deployment of cdk8s-plus-33 waits for its Services and Jobs, whose account it has', () => {
  const pod = podWith((web, chart) => {
    const api = new kplus.Deployment(chart, 'api', { containers: [{ image: 'api:1.0', portNumber: 80 }] });
    const job = new kplus.Job(chart, 'migration', { containers: [{ image: 'api:1.0' }] });
    new WaitForService(web, 'wait', { endpoints: [Endpoint.service(api.exposeViaService({ name: 'api' }))] });
    new WaitForCondition(web, 'wait-for-job', {
      conditions: [Condition.completed(job)],
      serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'same', 'web'),
    });
  });

  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['wait', 'wait-for-job']);
});

test('an EnvValue, a ConfigMap, a Secret and a path of cdk8s-plus-33 are taken', () => {
  const pod = podWith((web, chart) => {
    const settings = new kplus.ConfigMap(chart, 'settings', { data: { 'app.conf': '${WORKERS}' } });
    const keys = kplus.Secret.fromSecretName(chart, 'keys', 'keys');
    const path: kplus.PathMapping = { path: 'tls.key' };
    new GenerateConfig(web, 'conf', {
      template: FileSource.fromConfigMap(settings, 'app.conf'),
      variables: { WORKERS: kplus.EnvValue.fromValue('4') },
      path: '/app/app.conf',
    });
    new CopyFiles(web, 'copy', { sources: [FileTree.fromSecret(keys, { items: { key: path } })], path: '/keys' });
  });

  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['conf', 'copy']);
});

test('resources, capabilities, the pull policy and a medium of cdk8s-plus-33 are taken', () => {
  const pod = podWith((web, chart) => {
    InitDefaults.set(chart, { imagePullPolicy: kplus.ImagePullPolicy.ALWAYS });
    new InitStep(web, 'tool', {
      ...tool,
      capabilities: [kplus.Capability.CHOWN],
      resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { limit: Size.mebibytes(9) } },
      writes: { '/data': new SharedDirectory(web, 'data', { medium: kplus.EmptyDirMedium.MEMORY }) },
    });
  });

  const { imagePullPolicy, resources, securityContext } = stepOf(pod);
  expect({ imagePullPolicy, resources, added: securityContext.capabilities.add }).toEqual({
    imagePullPolicy: 'Always',
    resources: { requests: { cpu: '10m' }, limits: { memory: '9Mi' } },
    added: ['CHOWN'],
  });
});

test('a Probe, a Volume and an EnvFrom of cdk8s-plus-33 are refused by the compiler, those of 28 are taken', () => {
  const pod = podWith((web, chart) => {
    const settings = kplus28.ConfigMap.fromConfigMapName(chart, 'settings', 'settings');
    const newer = {
      probe: kplus.Probe.fromTcpSocket({ port: 80 }),
      volume: kplus.Volume.fromEmptyDir(chart, 'data', 'data'),
      variables: kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'others', 'settings')),
    };
    // @ts-expect-error its Probe is another class
    const probed = () => new Sidecar(web, 'proxy', { image: 'proxy:1.0', startup: newer.probe });
    // @ts-expect-error its Volume is another class
    const writing = () => new InitStep(web, 'write', { ...tool, writes: { '/data': newer.volume } });
    // @ts-expect-error its EnvFrom is another class
    const told = () => new InitStep(web, 'tell', { ...tool, envFrom: [newer.variables] });
    // @ts-expect-error our directory makes a Volume of cdk8s-plus-28
    const mounted = () => web.containers[0].mount('/data', new SharedDirectory(web, 'shared'));

    expect([probed, writing, told, mounted]).toHaveLength(4);
    new Sidecar(web, 'proxy', { image: 'proxy:1.0', startup: kplus28.Probe.fromTcpSocket({ port: 80 }) });
    new InitStep(web, 'tool', {
      ...tool,
      envFrom: [kplus28.Env.fromConfigMap(settings)],
      writes: { '/data': kplus28.Volume.fromEmptyDir(chart, 'older', 'data') },
    });
    new SharedDirectory(web, 'shared').mountAt('/shared', { readOnly: false });
  });

  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['proxy', 'tool']);
});
