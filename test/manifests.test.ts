import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Manifests } from '../src';
import * as serializer from '../src/snapshot-serializer';

/** A library whose programs are these: those of today, or those of a later release. */
function library(change: (fragment: string) => string): typeof import('../src') {
  jest.resetModules();
  jest.doMock('../src/programs/fragments', () => Object.fromEntries(
    Object.entries<string>(jest.requireActual('../src/programs/fragments'))
      .map(([name, text]) => [name, change(text)]),
  ));
  return jest.requireActual('../src');
}

const today = library(text => text);
const later = library(text => `${text}# another word\n`);

function manifestsOf(of: typeof today, inMaps = false): any[] {
  const { InitDefaults, Programs, WaitForService, Endpoint, InitStep } = of;
  const chart = new Chart(Testing.app(), 'shop');
  if (inMaps) InitDefaults.set(chart, { programs: Programs.CONFIG_MAP });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('db', 5432)] });
  new InitStep(web, 'migrate', { image: 'migrate:1.0', command: ['migrate', '# cdk8s-init-containers'] });
  return Testing.synth(chart);
}

const inEach = [['in the pod template', false], ['in ConfigMaps', true]] as const;

test.each(inEach)('a release that changes programs changes nothing else of a manifest: %s', (_, inMaps) => {
  expect(manifestsOf(later, inMaps)).not.toEqual(manifestsOf(today, inMaps));
  expect(Manifests.withoutPrograms(manifestsOf(later, inMaps)))
    .toEqual(Manifests.withoutPrograms(manifestsOf(today, inMaps)));
});

test('in place of a program stands which one it is, and all else stays', () => {
  const manifests = manifestsOf(today);
  const [{ spec: { template: { spec } } }] = manifests;
  const [wait] = spec.initContainers;

  const shown = Manifests.withoutPrograms(manifests);

  const [sh, option] = wait.command;
  wait.command = [sh, option, '# cdk8s-init-containers wait-for-service'];
  expect(shown).toEqual(manifests);
});

test('a ConfigMap that holds a program is shown without its hash, in its name and where it is mounted', () => {
  const [deployment, configMap] = Manifests.withoutPrograms(manifestsOf(today, true))
    .sort((one, other) => other.kind.localeCompare(one.kind));

  const { initContainers: [wait], volumes } = deployment.spec.template.spec;
  const name = 'wait-for-service-HASH';
  expect(configMap.data).toEqual({ 'wait-for-service': '# cdk8s-init-containers wait-for-service' });
  expect([configMap.metadata.name, wait.volumeMounts[0].name, volumes]).toEqual([
    name, name, [{ name, configMap: { name } }],
  ]);
});

test('a name that holds no hash stays, though a ConfigMap of that name holds a program', () => {
  const [{ spec }] = manifestsOf(today);
  const program = spec.template.spec.initContainers[0].command[2];
  const shop = (text: string) => [
    { kind: 'ConfigMap', metadata: { name: 'shop' }, data: { text } }, { kind: 'ConfigMap', data: { text } },
    { kind: 'Deployment', metadata: { name: 'shop' } },
  ];

  expect(Manifests.withoutPrograms(shop(program))).toEqual(shop('# cdk8s-init-containers wait-for-service'));
});

test('manifests are copied, not changed', () => {
  const manifests = manifestsOf(today);

  Manifests.withoutPrograms(manifests);

  expect(manifests).toEqual(manifestsOf(today));
});

test.each([
  ['a chart', new Chart(Testing.app(), 'shop') as any, 'be a list of manifests'],
  ['charts', [new Chart(Testing.app(), 'shop')] as any, 'hold manifests'],
])('%s is refused, and the remedy said', (_, given, must) => {
  expect(() => Manifests.withoutPrograms(given)).toThrow(
    `Manifests: 'manifests' must ${must}, got an object of class Chart; write Testing.synth(chart)`,
  );
});

describe('as a serializer of snapshots', () => {
  expect.addSnapshotSerializer(serializer);

  test('it prints manifests and parts of them without programs', () => {
    const [{ spec }] = manifestsOf(today);

    expect(spec.template.spec.initContainers[0].command).toMatchInlineSnapshot(`
      [
        "sh",
        "-c",
        "# cdk8s-init-containers wait-for-service",
      ]
    `);
  });

  test('it prints a value that holds itself', () => {
    const [{ spec }] = manifestsOf(today);
    const [, , program] = spec.template.spec.initContainers[0].command;
    const value: { self?: object; program: string } = { program };
    value.self = value;

    expect(value).toMatchInlineSnapshot(`
      {
        "program": "# cdk8s-init-containers wait-for-service",
        "self": [Circular],
      }
    `);
  });

  test('it leaves to others what holds no program, or is no manifest', () => {
    const itself: { self?: object } = {};
    itself.self = itself;
    const chart = new Chart(Testing.app(), 'shop');
    today.InitDefaults.set(chart, { timeout: Duration.minutes(1) });

    expect(['a text', undefined, 1, ['# of somebody else'], { kind: 'Pod' }, itself, chart].map(serializer.test))
      .toEqual([false, false, false, false, false, false, false]);
  });
});
