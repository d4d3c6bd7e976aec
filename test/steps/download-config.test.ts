import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, FileSource, HttpAuth, RunAs, SharedDirectory, type DownloadConfigProps } from '../../src';
import { downloadConfig } from '../../src/programs';
import { deployment, podSpec } from '../workload';

function downloading(props: Partial<DownloadConfigProps>): any {
  const web = deployment();
  new DownloadConfig(web, 'download', { url: 'https://config/app.json', ...props });
  return podSpec(web);
}

const token = kplus.EnvValue.fromSecretValue({
  secret: { name: 'api' } as kplus.ISecret,
  key: 'token',
});

test('a download is a program that reads its data from the environment and writes to a directory of its own', () => {
  const pod = downloading({ path: '/app/config/app.json' });
  const { initContainers: [container], volumes, containers: [app] } = pod;

  expect(container.image).toContain('curlimages/curl:');
  expect(container.command).toEqual(['sh', '-c', downloadConfig({ verify: 'length' }).text]);
  expect(container.args).toEqual(['download']);
  expect(container.env).toEqual([
    { name: 'step_destination', value: '/out/app.json' },
    { name: 'step_max_size', value: '10485760' },
    { name: 'step_mode', value: '0644' },
    { name: 'step_timeout', value: '660' },
    { name: 'step_url', value: 'https://config/app.json' },
  ]);
  expect(container.volumeMounts).toEqual([{ mountPath: '/out', name: 'download-files' }]);
  expect(volumes).toEqual([{ name: 'download-files', emptyDir: { sizeLimit: '64Mi' } }]);
  expect(app.volumeMounts).toEqual([
    { mountPath: '/app/config/app.json', name: 'download-files', readOnly: true, subPath: 'app.json' },
  ]);
});

test('each option of a download reaches its program', () => {
  const { initContainers: [container], volumes } = downloading({
    sha256: 'AB'.repeat(32),
    maxSize: Size.mebibytes(100),
    timeout: Duration.seconds(30),
    fileName: 'b.json',
    mode: 0o600,
    runAs: RunAs.user(101, 101),
    caCertificate: FileSource.inline('PEM'),
  });

  expect(container.env).toEqual([
    { name: 'step_ca_certificate', value: 'PEM' },
    { name: 'step_destination', value: '/out/b.json' },
    { name: 'step_max_redirects', value: '10' },
    { name: 'step_max_size', value: '104857600' },
    { name: 'step_mode', value: '0600' },
    { name: 'step_pod', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
    { name: 'step_sha256', value: 'ab'.repeat(32) },
    { name: 'step_timeout', value: '30' },
    { name: 'step_url', value: 'https://config/app.json' },
  ]);
  expect(container.securityContext).toMatchObject({ runAsUser: 101, runAsGroup: 101 });
  expect(volumes).toEqual([{ name: 'download-files', emptyDir: { sizeLimit: '200Mi' } }]);
});

test.each<[string, Partial<DownloadConfigProps>, 'sum' | 'length' | 'nothing']>([
  ['nothing is said', {}, 'length'],
  ['an unknown length is allowed', { allowUnknownLength: true }, 'nothing'],
  ['a checksum is given', { sha256: 'ab'.repeat(32), allowUnknownLength: true }, 'sum'],
])('where %s, the program has the check for it', (_, props, verify) => {
  expect(downloading(props).initContainers[0].command[2]).toBe(downloadConfig({ verify }).text);
});

test('the headers of a download come sorted, with the names of their variables, and no secret is in the YAML', () => {
  const { initContainers: [container] } = downloading({
    headers: { Authorization: 'Bearer ${TOKEN}', Accept: 'application/json' },
    variables: { TOKEN: token },
  });

  expect(container.env).toEqual(expect.arrayContaining([
    { name: 'step_headers', value: 'Accept: application/json\nAuthorization: Bearer ${TOKEN}' },
    { name: 'step_variables', value: 'TOKEN' },
    { name: 'var_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
  ]));
});

test.each<[string, { [name: string]: string }, string]>([
  ['follows redirects with Authorization, which curl holds back from other hosts',
    { Authorization: 'Bearer ${TOKEN}' }, '10'],
  ['follows redirects with Cookie in whatever case, which curl holds back from other hosts',
    { cookie: 'session=${TOKEN}' }, '10'],
  ['follows no redirect with another header that holds a variable, which curl would carry along',
    { 'Authorization': '${TOKEN}', 'X-Token': '${TOKEN}' }, '0'],
  ['follows no redirect with a header that only begins like Cookie',
    { 'Cookie-Jar': '${TOKEN}' }, '0'],
  ['follows redirects with a header that holds no variable',
    { 'Authorization': '${TOKEN}', 'X-Plain': 'text' }, '10'],
])('a download %s', (_, headers, redirects) => {
  const { initContainers: [container] } = downloading({
    headers,
    variables: { TOKEN: token },
  });

  expect(container.env).toContainEqual({ name: 'step_max_redirects', value: redirects });
});

test('a download that the app does not see has the name of its step', () => {
  const web = deployment();
  const directory = new SharedDirectory(web, 'files');
  const { file } = new DownloadConfig(web, 'download', { url: 'http://config', directory });

  expect([file.name, file.directory.node.id]).toEqual(['download', 'files']);
  expect(podSpec(web).containers[0].volumeMounts).toBeUndefined();
});

test('downloads with the longest possible ids have volumes of their own, though their ids begin alike', () => {
  const web = deployment();
  new DownloadConfig(web, 'x'.repeat(63), { url: 'http://config' });
  new DownloadConfig(web, `${'x'.repeat(62)}y`, { url: 'http://config' });

  const begin = 'x'.repeat(48);
  expect(podSpec(web).volumes.map(({ name }: { name: string }) => name))
    .toEqual([`${begin}-75220b47-files`, `${begin}-4a4aff3e-files`]);
});

test('the keys of a signature and the variables of a URL reach the program apart from it', () => {
  const web = deployment();
  const keyOf = (key: string) => kplus.EnvValue.fromSecretValue({ secret: { name: 'keys' } as kplus.ISecret, key });
  const auth = HttpAuth.awsSignature({
    accessKeyId: keyOf('id'), secretAccessKey: keyOf('key'), sessionToken: keyOf('token'), region: 'auto',
  });
  new DownloadConfig(web, 'download', { url: 'https://s3/${A}/b', variables: { A: keyOf('a') }, auth });

  const { env } = podSpec(web).initContainers[0];
  const { text } = downloadConfig({ verify: 'length', signs: true, urlHasVariables: true, redirects: false });
  const from = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { key, name: 'keys' } } });
  expect(podSpec(web).initContainers[0].command.at(-1)).toBe(text);
  expect(env.filter(({ name }: { name: string }) => /key|token|signature|^var|url|variables|redirects/.test(name)))
    .toEqual([
      from('step_access_key', 'id'),
      { name: 'step_keys', value: 'step_access_key step_secret_key step_session_token' },
      from('step_secret_key', 'key'),
      from('step_session_token', 'token'),
      { name: 'step_signature', value: 'aws:amz:auto:s3' },
      { name: 'step_url', value: 'https://s3/${A}/b' },
      { name: 'step_variables', value: 'A' },
      from('var_A', 'a'),
    ]);
});
