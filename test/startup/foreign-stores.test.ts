import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, refusal, said, serve } from './app';
import { CopyFiles, FileSource, FileTree, GenerateConfig, InitStep } from '../../src';

/** A Deployment `shop/web`, and a chart of another namespace in the same app. */
function shop(): { web: kplus.Deployment; data: Chart } {
  const app: App = Testing.app();
  const web = serve(chartIn('shop', app), 'web').deployment;
  return { web, data: chartIn('data', app) };
}

const settingsIn = (chart: Chart, metadata = {}) =>
  new kplus.ConfigMap(chart, 'settings', { data: { port: '80' }, metadata: { name: 'settings', ...metadata } });
const volumeOf = (web: kplus.Deployment, configMap: kplus.IConfigMap, optional?: boolean) =>
  kplus.Volume.fromConfigMap(web, 'volume', configMap, { name: 'settings', optional });
const withVariable = (web: kplus.Deployment, value: kplus.EnvValue) =>
  new InitStep(web, 'ask', { command: ['ask'], env: { VALUE: value } });

const SEES = 'but a pod sees those of its own namespace only: shop';
const IS = `is in namespace data, ${SEES}; make one there, or move one of the two`;
const ONLY = `this app makes only in namespace data, ${SEES}; make one there, unless the cluster has it`;

test.each<[string, (web: kplus.Deployment, data: Chart) => void, string]>([
  ['a template', (web, data) => {
    new GenerateConfig(web, 'ask', { template: FileSource.fromConfigMap(settingsIn(data), 'port') });
  }, `reads ConfigMap settings in step 'ask', which ${IS}`],
  ['a file of a Secret', (web, data) => {
    const secret = new kplus.Secret(data, 'keys', { metadata: { name: 'keys' }, stringData: { user: 'u' } });
    new InitStep(web, 'ask', { command: ['ask'], files: { '/user': FileSource.fromSecret(secret, 'user') } });
  }, `reads Secret keys in step 'ask', which ${IS}`],
  ['all of a ConfigMap', (web, data) => {
    new CopyFiles(web, 'ask', { sources: [FileTree.fromConfigMap(settingsIn(data))] });
  }, `reads ConfigMap settings in step 'ask', which ${IS}`],
  ['some of a ConfigMap', (web, data) => {
    const items = { port: { path: 'port' } };
    new CopyFiles(web, 'ask', { sources: [FileTree.fromConfigMap(settingsIn(data), { items })] });
  }, `reads ConfigMap settings in step 'ask', which ${IS}`],
  ['a variable of a ConfigMap whose name no other has', (web, data) => {
    const settings = new kplus.ConfigMap(data, 'settings', { data: { port: '80' } });
    withVariable(web, kplus.EnvValue.fromConfigMap(settings, 'port'));
  }, `reads ConfigMap data-settings-c86459e7 in step 'ask', which ${IS}`],
])('%s of another namespace is refused', (_, make, text) => {
  const { web, data } = shop();
  make(web, data);

  expect(() => Testing.synth(Chart.of(web))).toThrow(refusal(`[shop/web] ${text}`));
});

test.each<[string, (web: kplus.Deployment, data: Chart) => void, string]>([
  ['a variable', (web, data) => withVariable(web, kplus.EnvValue.fromConfigMap(settingsIn(data), 'port')), 'ConfigMap'],
  ['a volume', (web, data) => {
    new InitStep(web, 'ask', { command: ['ask'], reads: { '/settings': volumeOf(web, settingsIn(data)) } });
  }, 'ConfigMap'],
])('%s by a name that only another namespace of the app has is doubtful', (_, make, kind) => {
  const { web, data } = shop();
  make(web, data);

  expect(said(data)).toEqual([`warning [shop/web] reads ${kind} settings in step 'ask', which ${ONLY}`]);
});

test.each<[string, (web: kplus.Deployment, data: Chart) => void]>([
  ['the namespace has, too', (web, data) => {
    settingsIn(Chart.of(web));
    withVariable(web, kplus.EnvValue.fromConfigMap(settingsIn(data), 'port'));
  }],
  ['something copies', (web, data) => {
    const annotations = { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' };
    const settings = settingsIn(data, { annotations });
    new GenerateConfig(web, 'ask', { template: FileSource.fromConfigMap(settings, 'port') });
  }],
  ['need not be there', (web, data) => {
    const settings = settingsIn(data);
    new InitStep(web, 'ask', {
      command: ['ask'],
      env: { PORT: kplus.EnvValue.fromConfigMap(settings, 'port', { optional: true }) },
      reads: { '/settings': volumeOf(web, settings, true) },
    });
  }],
  ['is applied to the namespace of whoever applies it', (web, data) => {
    const metadata = { name: 'settings' };
    const chart = new Chart(data.node.root, 'anywhere');
    new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { port: '80' } });
    withVariable(web, kplus.EnvValue.fromConfigMap(settingsIn(data), 'port'));
  }],
  ['the library makes', web => {
    new InitStep(web, 'ask', { command: ['ask'], files: { '/text': FileSource.inline('text') } });
  }],
])('a ConfigMap is taken that %s', (_, make) => {
  const { web, data } = shop();
  make(web, data);

  expect(said(data)).toEqual([]);
});
