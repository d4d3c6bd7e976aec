import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  FileSource, GenerateConfig, InitDefaults, InitStep, PrepareVolume, RunAs, SharedDirectory, StartupGraph, Warnings,
  type GenerateConfigProps, type PrepareVolumeProps,
} from '../src';

const outdir = mkdtempSync(join(tmpdir(), 'warnings-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const LINE = 'warning: [shop/web/conf] leaves ${DB} in its file, because no such variable is declared; '
  + 'declare it, write $${DB} to say that it is meant, or set keepUndeclared if the app replaces what is left\n';

/** What stderr gets meanwhile. */
function printedBy(program: () => unknown): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    program();
    return write.mock.calls.map(([text]) => `${text}`).filter(text => text !== '');
  } finally {
    write.mockRestore();
  }
}

/** An app whose `shop/web` leaves a variable in a file. */
function app(warnings?: Warnings): { app: App; chart: Chart } {
  const whole = new App({ outdir });
  if (warnings) InitDefaults.set(whole, { warnings });
  const chart = new Chart(whole, 'shop');
  new Chart(whole, 'other');
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  new GenerateConfig(web, 'conf', { template: FileSource.inline('db = ${DB}\n'), path: '/app/app.conf' });
  return { app: whole, chart };
}

test('a synthesis of the whole app prints each warning once, however many charts it has', () => {
  const { app: whole } = app();

  expect(printedBy(() => whole.synth())).toEqual([LINE]);
  expect(printedBy(() => whole.synthYaml())).toEqual([LINE]);
});

test('the synthesis of a chart, as tests make it, prints nothing', () => {
  const { chart } = app();

  expect(printedBy(() => Testing.synth(chart))).toEqual([]);
});

test('warnings are the findings of the start-up graph', () => {
  const { app: whole } = app(Warnings.IGNORE);

  const findings = StartupGraph.of(whole).findings();

  expect(findings.map(({ path, message, remedy }) => `warning: [${path}] ${message}; ${remedy}\n`)).toEqual([LINE]);
  expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
});

test('warnings that are ignored are not printed', () => {
  const { app: whole } = app(Warnings.IGNORE);

  expect(printedBy(() => whole.synth())).toEqual([]);
});

test('warnings that fail the synthesis are violations, also in tests', () => {
  const { app: whole, chart } = app(Warnings.FAIL);
  const violation = "[shop/web] has a step 'conf' that leaves ${DB} in its file";

  const printed = printedBy(() => expect(() => whole.synth()).toThrow(violation));

  expect(printed).toEqual([]);
  expect(() => Testing.synth(chart)).toThrow(violation);
});

function claim(web: kplus.Deployment): kplus.Volume {
  const name = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  return kplus.Volume.fromPersistentVolumeClaim(web, 'data', name, { name: 'data' });
}

function prepare(volume: kplus.Volume, props: Omit<PrepareVolumeProps, 'volume'>) {
  return (web: kplus.Deployment) => new PrepareVolume(web, 'prepare', { volume, ...props });
}

/** What is doubtful about a step, by its path. */
function doubts(make: (web: kplus.Deployment) => unknown): string[] {
  const web = new kplus.Deployment(new Chart(Testing.app(), 'shop'), 'web', { containers: [{ image: 'my-app:1.0' }] });
  make(web);
  return StartupGraph.of(web).findings().map(({ path, message }) => `${path} ${message}`);
}

const variables = { A: kplus.EnvValue.fromValue('x') };
const keys = (web: kplus.Deployment) => kplus.Secret.fromSecretName(web, 'keys', 'keys');
const secret = (web: kplus.Deployment) => kplus.EnvValue.fromSecretValue({ secret: keys(web), key: 'password' });
const configMap = (web: kplus.Deployment) => kplus.ConfigMap.fromConfigMapName(web, 'scripts', 'scripts');
const SCRIPT_OF_WINDOWS =
  'a script with line ends of Windows, which neither the kernel nor a shell takes for line ends';
const generate = (text: string, props: Partial<GenerateConfigProps> = {}) => (web: kplus.Deployment) =>
  new GenerateConfig(web, 'conf', { template: FileSource.inline(text), ...props });

test.each<[string, (web: kplus.Deployment) => unknown, string[]]>([
  ['two variables that nobody declared', generate('${A} ${B:-x} ${A} $${C} $host ${a.b}'), [
    'shop/web/conf leaves ${A} in its file, because no such variable is declared',
    'shop/web/conf leaves ${B} in its file, because no such variable is declared',
  ]],
  ['placeholders that are misspelt',
    generate('${A} ${A|JSON} ${ A } $${A:x} ${A:?no} ${A_B|x} ${A', { variables }), [
      'shop/web/conf leaves ${A|JSON} in its file, which is no placeholder',
      'shop/web/conf leaves ${ A } in its file, which is no placeholder',
      'shop/web/conf leaves ${A:?no} in its file, which is no placeholder',
      'shop/web/conf leaves ${A in its file, which is no placeholder',
      'shop/web/conf leaves ${A_B} in its file, because no such variable is declared',
    ]],
  ['what is nearly a variable that is used, too',
    generate('${DB_HOST} ${DB_HOSTS} ${DB_HOST1} ${db_host}', { variables: { DB_HOST: variables.A } }), [
      'shop/web/conf leaves ${DB_HOSTS} in its file, because no such variable is declared. Did you mean ${DB_HOST}?',
      'shop/web/conf leaves ${DB_HOST1} in its file, because no such variable is declared',
      'shop/web/conf leaves ${db_host} in its file, because no such variable is declared. Did you mean ${DB_HOST}?',
    ]],
  ['a text of JSON in quotes', generate('{"a": "${A|json}"}', { variables }), [
    'shop/web/conf writes "${A|json}", but a text of JSON brings its own quotes',
  ]],
  ['a template of a ConfigMap that the program makes', web => {
    const data = { conf: '${A} ${A|upper} ${DB_HOTS} {{PORT}}' };
    const declared = { A: variables.A, DB_HOST: variables.A, PORT: variables.A };
    const template = FileSource.fromConfigMap(new kplus.ConfigMap(web, 'map', { data }), 'conf');
    new GenerateConfig(web, 'conf', { template, variables: declared });
  }, [
    'shop/web/conf declares PORT, but its template does not use ${PORT}',
    'shop/web/conf cannot encode ${A|upper}, only in json, url, base64 or xml',
    'shop/web/conf leaves ${DB_HOTS} in its file, because no such variable is declared. Did you mean ${DB_HOST}?',
  ]],
  ['a template of a ConfigMap of which no more is known than its name', web => {
    new GenerateConfig(web, 'conf', { template: FileSource.fromConfigMap(configMap(web), 'conf'), variables });
  }, []],
  ['variables that are meant to be left', generate('${A}', { keepUndeclared: true }), []],
  ['a script with line ends of Windows', generate('#!/bin/sh\r\ntrue\r\n'), [
    `shop/web/conf writes ${SCRIPT_OF_WINDOWS}`,
  ]],
  ['a script for a shell with line ends of Windows', generate('true\r\n', { path: '/app/start.sh' }), [
    `shop/web/conf writes ${SCRIPT_OF_WINDOWS}`,
  ]],
  ['scripts in files', web => new InitStep(web, 'run', {
    command: ['sh', '/run/one'],
    files: {
      '/run/one': FileSource.inline('#!/bin/sh\r\ntrue\r\n'),
      '/run/two.sh': FileSource.inline('true\r\n'),
      '/run/three.sh': FileSource.inline('true\n'),
      '/run/four.csv': FileSource.inline('a;b\r\n'),
    },
  }), [
    `shop/web/run reads /run/one, ${SCRIPT_OF_WINDOWS}`,
    `shop/web/run reads /run/two.sh, ${SCRIPT_OF_WINDOWS}`,
  ]],
  ['a script that is run without an interpreter',
    web => new InitStep(web, 'run', { command: ['/run'], files: { '/run': FileSource.inline('true\n') } }),
    ['shop/web/run runs /run, a file that is not executable']],
  ['a script of a ConfigMap that is run without an interpreter',
    web => new InitStep(web, 'run', {
      command: ['/run'], files: { '/run': FileSource.fromConfigMap(configMap(web), 'run') },
    }),
    ['shop/web/run runs /run, a file that is not executable']],
  ['a script that names its interpreter',
    web => new InitStep(web, 'run', { command: ['/run'], files: { '/run': FileSource.inline('#!/bin/sh\n') } }), []],
  ['a text with line ends of Windows', generate('a = 1\r\n'), []],
  ['a Secret in a file that others may read', web => generate('${P}', { variables: { P: secret(web) } })(web), [
    'shop/web/conf writes P of a Secret into a file of mode 0644, which any user in the pod may read',
  ]],
  ['a template of a Secret in a file that others may read',
    web => new GenerateConfig(web, 'conf', { template: FileSource.fromSecret(keys(web), 'app.conf') }), [
      'shop/web/conf writes key app.conf of Secret keys into a file of mode 0644, which any user in the pod may read',
    ]],
  ['a Secret in memory', web => generate('${P}', {
    variables: { P: secret(web) },
    directory: new SharedDirectory(web, 'memory', {
      medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(1),
    }),
  })(web), []],
  ['a Secret in a file that a group may read',
    web => generate('${P}', { variables: { P: secret(web) }, mode: 0o640 })(web), []],
  ['a command as one text', web => new InitStep(web, 'migrate', { command: ['orders migrate --all'] }), [
    'shop/web/migrate runs one program whose name is "orders migrate --all"',
  ]],
  ['a command in parts', web => new InitStep(web, 'migrate', { command: ['orders', 'migrate all'] }), []],
  ['user 0 by default', web => {
    InitDefaults.set(web, { runAs: RunAs.user(0) });
    new InitStep(web, 'own', { command: ['chown'] });
    new InitStep(web, 'image', { image: 'mine' });
  }, [
    'shop/web/own runs as user 0, who has no capabilities here and may not even change an owner',
  ]],
  ['user 0', web => new InitStep(web, 'own', { command: ['chown'], runAs: RunAs.user(0, 0) }), [
    'shop/web/own runs as user 0, who has no capabilities here and may not even change an owner',
  ]],
  ['user 0 with a capability',
    web => new InitStep(web, 'own', {
      command: ['chown'], runAs: RunAs.user(0, 0), capabilities: [kplus.Capability.CHOWN],
    }), []],
  ['a claim whose owner the kubelet could change', web => prepare(claim(web), { owner: RunAs.user(1000, 1000) })(web), [
    "shop/web/prepare changes the owner of claim 'data' as root, where an fsGroup of the pod would do without a step",
  ]],
  ['a claim whose folders belong to the app alone',
    web => prepare(claim(web), { owner: RunAs.user(1000, 1000), mode: 0o700 })(web), []],
  ['a volume that the kubelet leaves as it is',
    web => prepare(kplus.Volume.fromHostPath(web, 'data', 'data', { path: '/srv' }), { owner: RunAs.user(1000) })(web),
    []],
])('the findings about a step tell of %s', (_, make, expected) => {
  expect(doubts(make)).toEqual(expected);
});

test('a step of one\'s own can say what is doubtful', () => {
  const warnings = [{ message: 'asks twice', remedy: 'ask once' }];

  expect(doubts(web => new InitStep(web, 'own', { command: ['ask'], warnings }))).toEqual(['shop/web/own asks twice']);
});

test.each(['', 'two\nlines'])('what a step says of itself is one line, not %j', message => {
  const own = (web: kplus.Deployment) =>
    new InitStep(web, 'own', { command: ['ask'], warnings: [{ message, remedy: 'ask once' }] });

  expect(() => doubts(own)).toThrow("InitStep: 'warnings' must have texts of one line, got ");
});

test('a synthesis that another language asks for, by the method of the class, prints the warnings', () => {
  const { app: whole } = app();

  expect(printedBy(() => App.prototype.synth.call(whole))).toEqual([LINE]);
});

test('an app that overrides its synthesis, in a class or as other languages do, prints each warning once', () => {
  class Own extends App {
    public synth(): void { super.synth(); }
  }
  const inClass = new Own({ outdir });
  const inObject = new App({ outdir });
  const value = () => App.prototype.synth.call(inObject);
  Object.defineProperty(inObject, 'synth', { value, configurable: false, writable: false });

  for (const whole of [inClass, inObject]) {
    const web = new kplus.Deployment(new Chart(whole, 'shop'), 'web', { containers: [{ image: 'my-app:1.0' }] });
    generate('db = ${DB}\n')(web);
    expect(printedBy(() => whole.synth())).toEqual([LINE]);
  }
});

test('an app that was corrected after one of its charts was made prints what is true now', () => {
  const { app: whole, chart } = app();
  Testing.synth(chart);
  chart.node.tryRemoveChild('web');

  expect(printedBy(() => whole.synth())).toEqual([]);
});

test('what becomes of a warning about a step is what the nearest scope says', () => {
  const { chart } = app();
  const web = chart.node.findChild('web');
  const bundle = new Construct(web, 'bundle');
  InitDefaults.set(bundle, { warnings: Warnings.FAIL });
  new GenerateConfig(bundle, 'strict', { template: FileSource.inline('${DB}') });

  expect(() => Testing.synth(chart)).toThrow("[shop/web] has a step 'strict' that leaves ${DB} in its file");
});
