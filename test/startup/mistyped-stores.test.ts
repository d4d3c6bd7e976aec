import { ApiObject, App, Testing, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, workloadIn } from './app';
import { FileSource, InitStep } from '../../src';

/** A chart that makes a Secret `shop-keys` and a ConfigMap `settings`. */
function storesIn(namespace?: string): Chart {
  const chart = chartIn(namespace);
  const make = (kind: string, name: string) =>
    new ApiObject(chart, name, { apiVersion: 'v1', kind, metadata: { name }, data: { key: 'YQ==' } });
  make('Secret', 'shop-keys');
  make('ConfigMap', 'settings');
  make('ConfigMap', 'shard-1');
  return chart;
}

/** A step that reads a file. */
function reading(chart: Chart, file: FileSource): Chart {
  new InitStep(workloadIn(chart, 'Deployment', 'web'), 'read', { command: ['read'], files: { '/key': file } });
  return chart;
}

const secret = (name: string) => FileSource.fromSecret({ name } as kplus.ISecret, 'key');
const configMap = (name: string) => FileSource.fromConfigMap({ name } as kplus.IConfigMap, 'key');

const mistyped = (kind: string, name: string, meant: string) =>
  `warning [shop/web] reads ${kind} ${name} in step 'read', but no ${kind} of this app is called ${name}. `
  + `Did you mean ${meant}, which is shop/${meant}?; correct the name, unless the cluster has one of that name`;

test.each<[FileSource, string, string, string]>([
  [secret('shop-kyes'), 'Secret', 'shop-kyes', 'shop-keys'],
  [configMap('setings'), 'ConfigMap', 'setings', 'settings'],
])('the graph warns of a store whose name is one slip away from one of the app: %#', (file, kind, name, meant) => {
  const chart = reading(storesIn('shop'), file);

  expect(said(chart)).toEqual([mistyped(kind, name, meant)]);
  expect(() => Testing.synth(chart)).not.toThrow();
});

test('the graph warns of a volume whose Secret is mistyped', () => {
  const chart = storesIn('shop');
  const volume = kplus.Volume.fromSecret(chart, 'v', { name: 'shop-kyes' } as kplus.ISecret);
  new InitStep(workloadIn(chart, 'Deployment', 'web'), 'read', { command: ['read'], reads: { '/keys': volume } });

  expect(said(chart)).toEqual([mistyped('Secret', 'shop-kyes', 'shop-keys')]);
});

test('the graph warns of a ConfigMap whose keys are variables, and whose name is mistyped', () => {
  const chart = storesIn('shop');
  const envFrom = [kplus.Env.fromConfigMap({ name: 'setings' } as kplus.IConfigMap)];
  new InitStep(workloadIn(chart, 'Deployment', 'web'), 'read', { command: ['read'], envFrom });

  expect(said(chart)).toEqual([mistyped('ConfigMap', 'setings', 'settings')]);
});

test.each<[string, FileSource]>([
  ['the right name', secret('shop-keys')],
  ['another name', secret('tokens')],
  ['the name of another kind', secret('setings')],
  ['another one of several that are numbered', configMap('shard-2')],
])('a step that reads %s has no typing error', (_, file) => {
  expect(said(reading(storesIn('shop'), file))).toEqual([]);
});

test('a store of another namespace, or one that an operator makes, is not taken for a mistyped one', () => {
  const chart = storesIn('data');
  reading(chartIn('shop', App.of(chart) as App), secret('shop-kyes'));
  expect(said(chart)).toEqual([]);

  const other = storesIn('shop');
  new ApiObject(other, 'external', {
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', spec: { target: { name: 'shop-kyes' } },
  });
  expect(said(reading(other, secret('shop-kyes')))).toEqual([]);
});
