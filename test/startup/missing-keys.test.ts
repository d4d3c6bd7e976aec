import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Include, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { chartIn, refusal, serve } from './app';
import {
  CopyFiles, DownloadArchive, DownloadConfig, Endpoint, FileSource, FileTree, GenerateConfig, HttpAuth, InitDefaults,
  InitStep, StartupGraph, TrustCertificates, WaitForService,
} from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { fromConfigMap, fromSecretValue } = kplus.EnvValue;
const keysOf = (scope: Construct) => new kplus.Secret(scope, 'keys', { stringData: { user: 'u', password: 'p' } });
const settingsOf = (scope: Construct) => new kplus.ConfigMap(scope, 'settings', { data: { 'app.conf': 'a = ${A}' } });
const named = (scope: Construct, name: string) => kplus.ConfigMap.fromConfigMapName(scope, `${name}-named`, name);

/** A chart `shop` with a Deployment `web`. */
function shop(app?: App): { chart: Chart; web: kplus.Deployment } {
  const chart = chartIn('shop', app);
  return { chart, web: serve(chart, 'web').deployment };
}

/** A step that runs a program with this variable. */
function withVariable(web: Construct, value: kplus.EnvValue): void {
  new InitStep(web, 'ask', { command: ['ask'], env: { VALUE: value } });
}

/** An object of a controller that is told about the Secret `keys`. */
function controlled(chart: Chart, kind: string, spec: object, name = 'other'): void {
  keysNamed(chart);
  new ApiObject(chart, 'controlled', { apiVersion: 'x.example.com/v1', kind, metadata: { name }, spec });
}

/** The Secret `keys`, with these annotations. */
function keysNamed(chart: Chart, annotations: { [name: string]: string } = {}): kplus.Secret {
  return new kplus.Secret(chart, 'keys', { stringData: { user: 'u' }, metadata: { name: 'keys', annotations } });
}

/** A step that reads the password of the Secret `keys`. */
function withPassword(web: Construct): void {
  withVariable(web, fromSecretValue({ secret: kplus.Secret.fromSecretName(web, 'named', 'keys'), key: 'password' }));
}

/** A ConfigMap `settings` as it stands in YAML. */
function configMap(chart: Chart, fields: object, metadata: object = {}): ApiObject {
  const props = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', ...metadata }, ...fields };
  return new ApiObject(chart, 'settings', props);
}

const missing = 'reads key port of ConfigMap shop/settings in step \'ask\', but that has only';

test.each<[string, (web: kplus.Deployment, chart: Chart) => void, string]>([
  ['a variable of a Secret', (web, chart) => {
    withVariable(web, fromSecretValue({ secret: keysOf(chart), key: 'passwrod' }));
  }, "reads key passwrod of Secret shop/keys in step 'ask', but that has only password and user; "
    + 'did you mean password?'],
  ['a variable of a template', (web, chart) => {
    const value = fromConfigMap(settingsOf(chart), 'port');
    new GenerateConfig(web, 'conf', { template: FileSource.inline('${PORT}'), variables: { PORT: value } });
  }, "reads key port of ConfigMap shop/settings in step 'conf', but that has only app.conf; "
    + 'correct the key, or add it'],
  ['a template', (web, chart) => {
    new GenerateConfig(web, 'conf', { template: FileSource.fromConfigMap(settingsOf(chart), 'App.conf') });
  }, "reads key App.conf of ConfigMap shop/settings in step 'conf', but that has only app.conf; "
    + 'did you mean app.conf?'],
  ['a part of a template', (web, chart) => {
    const template = FileSource.concat([
      FileSource.inline('a'), FileSource.fromConfigMap(settingsOf(chart), 'App.conf'),
    ]);
    new GenerateConfig(web, 'conf', { template });
  }, "reads key App.conf of ConfigMap shop/settings in step 'conf', but that has only app.conf; "
    + 'did you mean app.conf?'],
  ['certificates', (web, chart) => {
    const caCertificate = FileSource.fromSecret(keysOf(chart), 'ca.crt');
    new DownloadConfig(web, 'get', { url: 'https://config/app.json', caCertificate });
  }, "reads key ca.crt of Secret shop/keys in step 'get', but that has only password and user; "
    + 'correct the key, or add it'],
  ['a header of an endpoint', (web, chart) => {
    const value = fromSecretValue({ secret: keysOf(chart), key: 'token' });
    const asked = { headers: { A: '${TOKEN}' }, variables: { TOKEN: value } };
    new WaitForService(web, 'wait', { endpoints: [Endpoint.http('https://api.example.com', asked)] });
  }, "reads key token of Secret shop/keys in step 'wait', but that has only password and user; "
    + 'correct the key, or add it'],
  ['the password of an endpoint', (web, chart) => {
    const secret = keysOf(chart);
    const auth = HttpAuth.basic(
      fromSecretValue({ secret, key: 'user' }), fromSecretValue({ secret, key: 'pasword' }),
    );
    new WaitForService(web, 'wait', { endpoints: [Endpoint.http('https://api.example.com', { auth })] });
  }, "reads key pasword of Secret shop/keys in step 'wait', but that has only password and user; "
    + 'did you mean password?'],
  ['a client certificate', (web, chart) => {
    const auth = HttpAuth.clientCertificate(FileSource.inline('PEM'), FileSource.fromSecret(keysOf(chart), 'tls.key'));
    new DownloadConfig(web, 'get', { url: 'https://config/app.json', auth });
  }, "reads key tls.key of Secret shop/keys in step 'get', but that has only password and user; "
    + 'correct the key, or add it'],
  ['some of the keys of a Secret', (web, chart) => {
    const items = { user: { path: 'user' }, passwrod: { path: 'password' } };
    new CopyFiles(web, 'copy', { sources: [FileTree.fromSecret(keysOf(chart), { items })] });
  }, "reads key passwrod of Secret shop/keys in step 'copy', but that has only password and user; "
    + 'did you mean password?'],
  ['some of the keys of a volume', (web, chart) => {
    const items = { port: { path: 'port' } };
    const volume = kplus.Volume.fromConfigMap(web, 'volume', settingsOf(chart), { items });
    new InitStep(web, 'ask', { command: ['ask'], reads: { '/in': volume } });
  }, `${missing} app.conf; correct the key, or add it`],
  ['a file among texts', (web, chart) => {
    const texts = { a: FileSource.fromConfigMap(settingsOf(chart), 'port') };
    new CopyFiles(web, 'ask', { sources: [FileTree.fromTexts(texts)] });
  }, `${missing} app.conf; correct the key, or add it`],
  ['the certificates of an archive', (web, chart) => {
    const caCertificate = FileSource.fromConfigMap(settingsOf(chart), 'port');
    new DownloadArchive(web, 'ask', { url: 'https://files/app.tar', caCertificate });
  }, `${missing} app.conf; correct the key, or add it`],
  ['certificates to trust', (web, chart) => {
    new TrustCertificates(web, 'ask', { certificates: [FileSource.fromConfigMap(settingsOf(chart), 'port')] });
  }, `${missing} app.conf; correct the key, or add it`],
  ['defaults', (web, chart) => {
    InitDefaults.set(chart, { env: { HTTPS_PROXY: fromConfigMap(settingsOf(chart), 'port') } });
    new InitStep(web, 'ask', { command: ['ask'] });
  }, `${missing} app.conf; correct the key, or add it`],
  ['an object that is known by its name, with many keys', (web, chart) => {
    const keys = Object.fromEntries([...'abcdefghijklmno'].map(key => [key, '']));
    configMap(chart, { data: keys, binaryData: { z: '' } });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }, `${missing} a, b, c, d, e, f, g, h, i, j, k, l and 4 more; correct the key, or add it`],
  ['an object whose data are made late', (web, chart) => {
    configMap(chart, { data: Lazy.any({ produce: () => ({ Port: '80' }) }) });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }, `${missing} Port; did you mean Port?`],
  ['an object from which a patch has taken it', (web, chart) => {
    const settings = new kplus.ConfigMap(chart, 'settings', { data: { a: '1', port: '80' } });
    ApiObject.of(settings).addJsonPatch(JsonPatch.remove('/data/port'));
    withVariable(web, fromConfigMap(settings, 'port'));
  }, `${missing} a; correct the key, or add it`],
  ['an object that a patch has renamed', (web, chart) => {
    configMap(chart, { data: { a: '' } }).addJsonPatch(JsonPatch.replace('/metadata/name', 'other'));
    withVariable(web, fromConfigMap(named(chart, 'other'), 'port'));
  }, `${missing} a; correct the key, or add it`],
])('a key that is not there is refused in %s', (_, make, text) => {
  const { chart, web } = shop();
  make(web, chart);

  expect(() => Testing.synth(chart)).toThrow(refusal(`[shop/web] ${text}`));
  expect(StartupGraph.of(web).findings().map(({ severity, message, remedy }) => `${severity} ${message}; ${remedy}`))
    .toEqual([`error ${text}`]);
});

test('a key is refused also where a controller is told about another Secret, or a workload about this one', () => {
  const { chart, web } = shop();
  controlled(chart, 'ExternalSecret', { target: { name: 'other' } });
  const container = { name: 'app', image: 'a', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys' } } }] };
  new ApiObject(chart, 'rollout', {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: { containers: [container] } } },
  });
  withPassword(web);

  expect(() => Testing.synth(chart)).toThrow('reads key password of Secret shop/keys in step \'ask\'');
});

test('a key that is not there is refused in an object of a file', () => {
  const { chart, web } = shop();
  const url = join(folder, 'settings.yaml');
  writeFileSync(url, 'apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: shop}\ndata: {user: dQ==}\n');
  new Include(chart, 'files', { url });
  withVariable(web, fromSecretValue({ secret: kplus.Secret.fromSecretName(chart, 'named', 'keys'), key: 'usr' }));

  expect(() => Testing.synth(chart)).toThrow('reads key usr of Secret shop/files/keys-secret');
});

test.each<[string, (web: kplus.Deployment, chart: Chart) => void]>([
  ['is there', (web, chart) => withVariable(web, fromConfigMap(settingsOf(chart), 'app.conf'))],
  ['is there in base64', (web, chart) => {
    configMap(chart, { data: { a: '' }, binaryData: { port: '' } });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }],
  ['is added after the step', (web, chart) => {
    const settings = settingsOf(chart);
    withVariable(web, fromConfigMap(settings, 'port'));
    settings.addData('port', '80');
  }],
  ['is added by a patch', (web, chart) => {
    const settings = settingsOf(chart);
    withVariable(web, fromConfigMap(settings, 'port'));
    ApiObject.of(settings).addJsonPatch(JsonPatch.add('/data/port', '80'));
  }],
  ['need not be there', (web, chart) => {
    withVariable(web, fromConfigMap(settingsOf(chart), 'port', { optional: true }));
  }],
  ['need not be there in a file', (web, chart) => {
    const [settings, keys] = [settingsOf(chart), keysOf(chart)];
    const parts = [
      FileSource.fromConfigMap(settings, 'app.conf'), FileSource.fromConfigMap(settings, 'port', { optional: true }),
      FileSource.fromSecret(keys, 'token', { optional: true }),
    ];
    new GenerateConfig(web, 'conf', { template: FileSource.concat(parts), mode: 0o600 });
  }],
  ['need not be there in a volume', (web, chart) => {
    const items = { port: { path: 'port' } };
    new CopyFiles(web, 'copy', { sources: [FileTree.fromConfigMap(settingsOf(chart), { items, optional: true })] });
  }],
  ['belongs to an object of the cluster', (web, chart) => {
    settingsOf(chart);
    withVariable(web, fromConfigMap(named(chart, 'other'), 'port'));
  }],
  ['belongs to an object of another namespace', (web, chart) => {
    configMap(chart, { data: { a: '' } }, { namespace: 'data' });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }],
  ['belongs to an object without any, which something fills', (web, chart) => {
    configMap(chart, {});
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }],
  ['belongs to an object that gets certificates', (web, chart) => {
    configMap(chart, { data: { a: '' } }, { labels: { 'config.openshift.io/inject-trusted-cabundle': 'true' } });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'ca-bundle.crt'));
  }],
  ['is the token of an account', (web, chart) => {
    const metadata = { name: 'token', annotations: { 'kubernetes.io/service-account.name': 'web' } };
    const type = 'kubernetes.io/service-account-token';
    const secret = new kplus.Secret(chart, 'token', { type, metadata, stringData: { extra: '' } });
    withVariable(web, fromSecretValue({ secret, key: 'token' }));
  }],
  ['an ExternalSecret merges into a Secret', (web, chart) => {
    controlled(chart, 'ExternalSecret', { target: { name: 'keys', creationPolicy: 'Merge' } });
    withPassword(web);
  }],
  ['a SealedSecret of its name adds to a Secret', (web, chart) => {
    controlled(chart, 'SealedSecret', { encryptedData: { password: 'x' } }, 'keys');
    withPassword(web);
  }],
  ['a Certificate writes into a Secret', (web, chart) => {
    controlled(chart, 'Certificate', { secretName: 'keys' });
    withPassword(web);
  }],
  ...['sealedsecrets.bitnami.com/patch', 'reloader.stakater.com/match', 'replicator.v1.mittwald.de/replicate-from']
    .map((mark): [string, (web: kplus.Deployment, chart: Chart) => void] => [`may come with ${mark}`, (web, chart) => {
      keysNamed(chart, { [mark]: 'true' });
      withPassword(web);
    }]),
  ['belongs to one of two objects of a name, for two clusters', (web, chart) => {
    configMap(chart, { data: { port: '80' } });
    const other = new Chart(chart.node.root, 'other', { namespace: 'shop' });
    configMap(other, { data: { a: '' } });
    withVariable(web, fromConfigMap(named(chart, 'settings'), 'port'));
  }],
])('a key is taken that %s', (_, make) => {
  const { chart, web } = shop();
  make(web, chart);

  expect(() => Testing.synth(chart)).not.toThrow();
});

test('ConfigMaps are read once if that is needed, however many steps read them and charts the app has', () => {
  const app = Testing.app();
  const { chart, web } = shop(app);
  ['b', 'c'].forEach(id => chartIn(undefined, app, id));
  const raw = configMap(chart, { data: { port: '80' } });
  const [known, other] = ['known', 'other'].map(id => new kplus.ConfigMap(chart, id, { data: { port: '80' } }));
  const read = [raw, ApiObject.of(known), ApiObject.of(other)].map(each => jest.spyOn(each, 'toJson'));
  const env = { RAW: fromConfigMap(named(chart, 'settings'), 'port'), KNOWN: fromConfigMap(known, 'port') };
  for (const id of ['one', 'two']) new InitStep(web, id, { command: ['ask'], env });

  app.synth();

  expect(read.map(({ mock }) => mock.calls.length)).toEqual([2, 1, 1]); // one of them writes the YAML
});
