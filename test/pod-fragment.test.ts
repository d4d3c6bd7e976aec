import { ApiObject, Chart, Lazy, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import {
  CloneRepository, CopyFiles, CopyFromImage, DownloadArchive, DownloadConfig, Endpoint, FileSource, FileTree,
  GenerateConfig, GenerateEnv, InitDefaults, InitStep, PodFragment, PrepareVolume, Programs, RunAs, SharedDirectory,
  StartupGraph, TrustCertificates, WaitForService,
} from '../src';
import { said } from './startup/app';

const db = Endpoint.tcp('db', 5432);
const inline = (text: string) => FileSource.inline(text);

/** A fragment `shop/pod`, whose container is called `main` unless others are named. */
function fragment(...containers: string[]): PodFragment {
  return new PodFragment(chartIn(), 'pod', containers.length > 0 ? { containers } : {});
}

function chartIn(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop', labels: { team: 'sales' } });
}

const namesOf = (list: { name: string }[]) => list.map(({ name }) => name);

test('has a part for each list of a pod spec, and writes no object', () => {
  const pod = fragment();
  new WaitForService(pod, 'wait', { endpoints: [db] });
  new GenerateConfig(pod, 'generate', { template: inline('a'), path: '/app/app.conf' });
  new InitStep(pod, 'greet', { image: 'greeter:1.0', command: ['greet'] });

  expect(namesOf(pod.initContainers)).toEqual(['wait', 'generate', 'greet']);
  expect(pod.initContainers[2]).toEqual(expect.objectContaining({ image: 'greeter:1.0', command: ['greet'] }));
  expect(pod.volumes).toEqual([{ name: 'generate-files', emptyDir: { sizeLimit: '64Mi' } }]);
  expect(pod.volumeMounts('main')).toEqual([
    { mountPath: '/app/app.conf', name: 'generate-files', readOnly: true, subPath: 'app.conf' },
  ]);
  expect(pod.env('main')).toEqual([]);
  expect(Testing.synth(Chart.of(pod))).toEqual([]);
});

test('without steps all parts are empty', () => {
  const pod = fragment();

  expect([pod.initContainers, pod.volumes, pod.volumeMounts('main'), pod.env('main')]).toEqual([[], [], [], []]);
});

test('its parts are plain data, in which nothing must be resolved any more', () => {
  const pod = fragment();
  const text = Lazy.any({ produce: () => 'late' });
  new InitStep(pod, 'greet', { image: 'greeter:1.0', env: { TEXT: kplus.EnvValue.fromValue(text) } });

  const parts = pod.initContainers;

  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
  expect(parts[0].env).toEqual([{ name: 'TEXT', value: 'late' }]);
});

test('every kind of step works in it, and shows what it makes to the containers that it names', () => {
  const pod = fragment('web', 'worker');
  const secret = kplus.Secret.fromSecretName(pod, 'secret', 'keys');
  const url = 'https://files.example/a';
  const sha256 = 'a'.repeat(64);
  InitDefaults.set(pod, { kubernetesVersion: '1.35' });
  new PrepareVolume(pod, 'prepare', {
    volume: SharedDirectory.fromVolumeName(pod, 'data', 'data'), owner: RunAs.user(1000, 1000), folders: ['a'],
  });
  new WaitForService(pod, 'wait', { endpoints: [db] });
  new DownloadConfig(pod, 'download', { url, path: '/app/download' });
  new DownloadArchive(pod, 'unpack', { url: `${url}.tar.gz`, sha256, path: '/app/unpack' });
  new CloneRepository(pod, 'clone', { url: 'https://git.example/a.git', path: '/app/clone' });
  new CopyFiles(pod, 'copy', { sources: [FileTree.fromTexts({ a: inline('a') })], path: '/app/copy' });
  new CopyFromImage(pod, 'image', { image: 'agent:1.0', files: { a: '/opt/a' }, path: '/app/image' });
  new GenerateConfig(pod, 'generate', {
    template: inline('a'), path: '/app/generate', containers: ['worker'],
  });
  new GenerateEnv(pod, 'variables', { templates: { A: 'a' }, variables: {}, containers: ['worker'] });
  new TrustCertificates(pod, 'trust', { certificates: [FileSource.fromSecret(secret, 'ca.crt')] });

  expect(namesOf(pod.initContainers)).toEqual([
    'prepare', 'wait', 'download', 'unpack', 'clone', 'copy', 'image', 'generate', 'variables', 'trust',
  ]);
  const pathsIn = (container: string) => pod.volumeMounts(container).map((each: any) => each.mountPath);
  const bundle = '/etc/ssl/certs/ca-certificates.crt';
  expect(pathsIn('web')).toEqual([
    '/app/download', '/app/unpack', '/app/clone', '/app/copy', '/app/image', bundle,
  ]);
  expect(pathsIn('worker')).toEqual(['/app/generate', bundle]);
  expect(namesOf(pod.env('web'))).toContain('SSL_CERT_FILE');
  expect(pod.env('worker')[0]).toEqual({
    name: 'A', valueFrom: { fileKeyRef: { volumeName: 'variables-files', path: 'app.env', key: 'A' } },
  });
  expect(namesOf(pod.volumes)).not.toContain('data');
  expect(said(Chart.of(pod))).toEqual([]);
});

test('the ConfigMaps that its steps need are written with its chart, in the namespace of the pod', () => {
  const pod = new PodFragment(chartIn(), 'pod', { metadata: { namespace: 'other' } });
  InitDefaults.set(pod, { programs: Programs.CONFIG_MAP });
  new WaitForService(pod, 'wait', { endpoints: [db] });
  new InitStep(pod, 'run', { image: 'tool:1.0', files: { '/etc/tool.conf': inline('a') } });

  const [program, text] = pod.volumes;
  const written = Testing.synth(Chart.of(pod))
    .map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace]);
  expect(written).toEqual([
    ['ConfigMap', program.configMap.name, 'other'], ['ConfigMap', text.configMap.name, 'other'],
  ]);
});

test('a directory by name is a volume that the chart has, of which nothing is known here', () => {
  const pod = fragment();
  const data = SharedDirectory.fromVolumeName(pod, 'of-chart', 'data');
  new InitStep(pod, 'fill', { image: 'tool:1.0', command: ['fill'], writes: { '/data': data } });

  expect(pod.initContainers[0].volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }]);
  expect(pod.volumes).toEqual([]);
});

test('what cannot work in a pod is refused at synth as in any other one', () => {
  const pod = fragment();
  const files = new SharedDirectory(pod, 'files', { sizeLimit: Size.mebibytes(1) });
  files.file('a').mountAt('/app/a');

  expect(() => Testing.synth(Chart.of(pod))).toThrow(
    "shows a of directory 'files' in container 'main', but no step writes it",
  );
});

describe('after a part was read', () => {
  const late = (what: string, path: string) => `${what}: comes too late: initContainers of shop/pod was read before; `
    + `read the parts of a PodFragment when all of its steps are there [shop/pod/${path}]`;

  /** A fragment with a directory, of which somebody has read the init containers. */
  function readFragment(): { pod: PodFragment; directory: SharedDirectory } {
    const pod = fragment();
    const directory = new SharedDirectory(pod, 'files');
    expect(pod.initContainers).toEqual([]);
    return { pod, directory };
  }

  test('a step comes too late', () => {
    const { pod } = readFragment();

    expect(() => new WaitForService(pod, 'wait', { endpoints: [db] }))
      .toThrow(new Error(late('WaitForService', 'wait')));
    expect(InitStep.of(pod)).toEqual([]);
  });

  test('a directory comes too late', () => {
    const { pod } = readFragment();

    expect(() => new SharedDirectory(pod, 'more')).toThrow(new Error(late('SharedDirectory', 'more')));
  });

  test('a directory is shown too late', () => {
    const { directory } = readFragment();

    expect(() => directory.mountAt('/app')).toThrow(new Error(late('SharedDirectory', 'files')));
  });
});

test('what it has and nobody reads is a warning, because no pod has it', () => {
  const pod = fragment();
  new GenerateConfig(pod, 'generate', { template: inline('a'), path: '/app/app.conf' });
  const unread = (parts: string) => [
    `warning [shop/pod] has parts that nobody reads, and so no pod: ${parts}; `
      + 'put them into the values of the chart, or wherever the parts go',
  ];

  expect(said(Chart.of(pod))).toEqual(unread("initContainers, volumes, volumeMounts('main')"));
  expect(namesOf([...pod.initContainers, ...pod.volumes])).toEqual(['generate', 'generate-files']);
  expect(said(Chart.of(pod))).toEqual(unread("volumeMounts('main')"));
  expect(pod.volumeMounts('main')).toHaveLength(1);
  expect(said(Chart.of(pod))).toEqual([]);
});

/** A Service `shop/<name>` with one port, in front of pods with a label. */
function serviceFor(chart: Chart, name: string): ApiObject {
  return new ApiObject(chart, `${name}-service`, {
    apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });
}

test('the graph knows its pods by their labels, and who waits for whom', () => {
  const chart = chartIn();
  serviceFor(chart, 'web');
  serviceFor(chart, 'db');
  const web = new PodFragment(chart, 'web', { metadata: { labels: { app: 'web' } } });
  const database = new PodFragment(chart, 'db', { metadata: { labels: { app: 'db' } } });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });

  const edges = () => StartupGraph.of(chart).edges().map(({ workload, answeredBy }) => [workload, answeredBy]);
  expect(edges()).toEqual([['shop/web', ['shop/db']]]);

  new WaitForService(database, 'wait', { endpoints: [Endpoint.tcp('web', 80)] });
  expect(() => Testing.synth(chart)).toThrow(/wait for each other in a circle/);
});

test('an object of the app that has its steps stands for it in the graph', () => {
  const chart = chartIn();
  serviceFor(chart, 'web');
  const other = new kplus.Deployment(chart, 'other', { containers: [{ image: 'my-app:1.0' }] });
  new WaitForService(other, 'wait', { endpoints: [Endpoint.tcp('web', 80)] });
  const pod = new PodFragment(chart, 'pod');
  new WaitForService(pod, 'wait-for-db', { endpoints: [db] });
  const { initContainers } = pod;
  new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { initContainers, containers: [{ name: 'main', image: 'web:1.0' }] },
      },
    },
  });

  expect(StartupGraph.of(chart).toText()).toBe([
    'level 1',
    '  shop/web    at most 11 min, after db (outside)',
    'level 2',
    '  shop/other  at most 11 min, after shop/web',
    '',
  ].join('\n'));
});

test('of two fragments with steps of the same names each is in its own object', () => {
  const chart = chartIn();
  for (const name of ['wiki', 'shop']) {
    const pod = new PodFragment(chart, `${name}-pod`);
    new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp(`${name}-db`, 5432)] });
    const { initContainers } = pod;
    const spec = { initContainers, containers: [{ name: 'main', image: 'my-app:1.0' }] };
    new ApiObject(chart, name, { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } });
  }

  expect(StartupGraph.of(chart).edges().map(({ workload, endpoint }) => [workload, endpoint])).toEqual([
    ['shop/wiki', 'tcp://wiki-db:5432'], ['shop/shop', 'tcp://shop-db:5432'],
  ]);
});

test('an object of the chart to which the program has added steps itself keeps them', () => {
  const chart = chartIn();
  const pod = new PodFragment(chart, 'pod');
  new WaitForService(pod, 'wait', { endpoints: [db] });
  const { initContainers } = pod;
  const web = new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { template: { spec: { initContainers, containers: [{ name: 'main', image: 'web:1.0' }] } } },
  });
  new WaitForService(web, 'wait-too', { endpoints: [Endpoint.tcp('queue', 5672)] });

  expect(StartupGraph.of(chart).edges().map(({ workload, step }) => [workload, step])).toEqual([
    ['shop/pod', 'wait'], ['shop/web', 'wait-too'],
  ]);
});

test('whether something answers at localhost is not known here', () => {
  const pod = fragment();
  new WaitForService(pod, 'wait', { endpoints: [Endpoint.tcp('localhost', 8080)] });

  expect(pod.initContainers).toHaveLength(1);
  expect(said(Chart.of(pod))).toEqual([]);
});

testRefusals('PodFragment', [
  ['no container', () => new PodFragment(chartIn(), 'pod', { containers: [] }),
    "PodFragment: 'containers' must name at least one container, got none [shop/pod]"],
  ['a container twice', () => fragment('web', 'web'),
    'PodFragment: \'containers\' must be different, got "web, web" [shop/pod]'],
  ['a name that no container can have', () => fragment('Web'),
    "PodFragment: 'containers' must be a DNS label (lower-case letters, digits and \"-\", at most 63 characters), "
      + 'got "Web"; did you mean web? [shop/pod]'],
  ['a scope outside of all charts', () => new PodFragment(Testing.app(), 'pod'),
    "PodFragment: 'scope' must be a chart or a construct below one, got App ''; "
      + 'the ConfigMaps that steps need are written with it [pod]'],
  ['mounts of a container that it does not name', () => fragment('web', 'worker').volumeMounts('main'),
    'PodFragment: \'container\' must be one of its containers, got "main"; it has: web, worker [shop/pod]'],
  ['variables of a container that it does not name', () => fragment().env('web'),
    'PodFragment: \'container\' must be one of its containers, got "web"; it has: main [shop/pod]'],
  ['labels that are no texts', () => new PodFragment(chartIn(), 'pod', { metadata: { labels: { a: 1 as any } } }),
    "PodFragment: 'metadata.labels.a' must be a text, got 1; write '1' [shop/pod]"],
  ['a word of metadata that is mistyped',
    () => new PodFragment(chartIn(), 'pod', { metadata: { lables: {} } as object }),
    "PodFragment: 'metadata.lables' must be a known property, got an object; did you mean labels? [shop/pod]"],
]);

testRefusals('a step of a fragment', [
  ['a container that it does not name', () => new GenerateConfig(fragment(), 'generate', {
    template: inline('a'), path: '/app/a', containers: ['web'],
  }), 'GenerateConfig: \'containers\' must name containers of shop/pod, got "web"; it has: main [shop/pod/generate]'],
  ['the image of the app, of which nothing is known',
    () => new CopyFromImage(fragment(), 'copy', { files: { a: '/a' } }),
    'CopyFromImage: has no image to copy from; name one, or add the containers of the app first [shop/pod/copy]'],
  ['to be like the app, of which nothing is known', () => new InitStep(fragment(), 'migrate', {
    likeContainer: 'main', command: ['migrate'],
  }), 'InitStep: \'likeContainer\' must be a container with an image, got "main"; '
    + 'nothing is known of the containers of a PodFragment but their names [shop/pod/migrate]'],
  ['the name of another step', () => {
    const pod = fragment();
    new InitStep(pod, 'run', { command: ['a'] });
    new InitStep(pod, 'run', { command: ['a'] });
  }, 'InitStep: \'id\' must be free in shop/pod, got "run"; the pod has a container of that name [shop/pod/run]'],
]);
