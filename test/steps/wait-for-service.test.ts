import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AppProtocol, Endpoint, FileSource, HttpAuth, WaitForService, type WaitForServiceProps } from '../../src';
import { waitForService } from '../../src/programs';
import { deployment, podSpec } from '../workload';

function waiting(props: WaitForServiceProps): any {
  const web = deployment();
  new WaitForService(web, 'wait-for-db', props);
  return podSpec(web);
}

const database = Endpoint.tcp('db', 5432);

test('a wait is a program that reads its data from the environment', () => {
  const [container] = waiting({ endpoints: [database, Endpoint.dns('queue')] }).initContainers;

  const { text } = waitForService({
    schemes: new Set(['tcp', 'dns']), severalAddresses: true, single: false, inARow: false, slow: false,
  });
  expect(container.command).toEqual(['sh', '-c', text]);
  expect(container.args).toEqual(['wait-for-db']);
  expect(container.env).toEqual([
    { name: 'step_attempt_timeout', value: '4' },
    { name: 'step_endpoints', value: 'tcp://db:5432 dns:queue' },
    { name: 'step_poll_interval', value: '10' },
    { name: 'step_timeout', value: '660' },
  ]);
  expect(container.securityContext).toMatchObject({
    runAsUser: 65534,
    runAsGroup: 65534,
    runAsNonRoot: true,
  });
  expect(container.volumeMounts).toBeUndefined();
});

test('a wait tells what it waits for, whatever becomes of the list that it was given', () => {
  const endpoints = [database, Endpoint.dns('queue')];
  const wait = new WaitForService(deployment(), 'wait', { endpoints });
  endpoints.pop();

  expect(wait.endpoints.map(({ description }) => description)).toEqual(['tcp://db:5432', 'dns:queue']);
});

test('each option of a wait reaches its program', () => {
  const [container] = waiting({
    endpoints: [database],
    timeout: Duration.minutes(5),
    attemptTimeout: Duration.seconds(2),
    pollInterval: Duration.millis(200),
    successThreshold: 3,
    env: { LANG: kplus.EnvValue.fromValue('C') },
  }).initContainers;

  expect(container.env).toEqual([
    { name: 'LANG', value: 'C' },
    { name: 'step_attempt_timeout', value: '2' },
    { name: 'step_endpoints', value: 'tcp://db:5432' },
    { name: 'step_poll_interval', value: '2' },
    { name: 'step_success_threshold', value: '3' },
    { name: 'step_timeout', value: '300' },
  ]);
});

test.each([
  [1, 1], [3, 1], [5, 2], [10, 4], [300, 4],
])('a wait of %i s has attempts of %i s, so that its last line knows a cause', (timeout, attempt) => {
  const [container] = waiting({ endpoints: [database], timeout: Duration.seconds(timeout) }).initContainers;

  expect(container.env[0]).toEqual({ name: 'step_attempt_timeout', value: `${attempt}` });
});

test('a wait for TCP and DNS runs in the shell image, and in the curl image as soon as one endpoint is http', () => {
  const imageFor = (...endpoints: Endpoint[]) => waiting({ endpoints }).initContainers[0].image;

  expect(imageFor(database, Endpoint.dns('db'))).toContain('library/busybox:');
  expect(imageFor(database, Endpoint.http('http://api'))).toContain('curlimages/curl:');
});

test('a wait for an answer in a protocol runs in the shell image, with the checks that it needs and no other', () => {
  const cache = Endpoint.tcp('cache', 6379, { appProtocol: AppProtocol.REDIS });
  const [container] = waiting({ endpoints: [cache, Endpoint.dns('queue')] }).initContainers;

  expect(container.image).toContain('busybox');
  expect(container.command[2].match(/^try_\w+/gm)).toEqual(['try_dns', 'try_redis']);
  expect(container.env[1]).toEqual({ name: 'step_endpoints', value: 'redis://cache:6379 dns:queue' });
});

test('the certificates of a wait come from the environment or from files, each once', () => {
  const web = deployment();
  const inline = FileSource.inline('-----BEGIN CERTIFICATE-----');
  const mounted = FileSource.fromConfigMap(kplus.ConfigMap.fromConfigMapName(web, 'company', 'company-ca'), 'ca.crt');
  new WaitForService(web, 'wait', {
    endpoints: [
      Endpoint.http('https://a', { caCertificate: inline }),
      Endpoint.http('https://b', { caCertificate: mounted, statusCodes: [200] }),
      Endpoint.http('https://c', { caCertificate: inline }),
      Endpoint.http('https://d', { caCertificate: mounted }),
    ],
  });

  const { initContainers: [container], volumes } = podSpec(web);
  expect(container.env).toEqual(expect.arrayContaining([
    { name: 'step_ca_certificate_1', value: '-----BEGIN CERTIFICATE-----' },
    { name: 'step_ca_certificate_2_file', value: '/in/ca-certificate-2' },
    {
      name: 'step_endpoints',
      value: [
        'pem=step_ca_certificate_1,https://a',
        'status=200,ca=/in/ca-certificate-2,https://b',
        'pem=step_ca_certificate_1,https://c',
        'ca=/in/ca-certificate-2,https://d',
      ].join(' '),
    },
  ]));
  expect(container.volumeMounts).toEqual([
    { mountPath: '/in/ca-certificate-2', name: 'wait-ca-certificate-2', subPath: 'ca.crt', readOnly: true },
  ]);
  expect(volumes).toEqual([
    { name: 'wait-ca-certificate-2', configMap: { name: 'company-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ]);
});

test('each endpoint is asked with its own headers, as its own user or client, and no secret is in the YAML', () => {
  const web = deployment();
  const key = (name: string) =>
    kplus.EnvValue.fromSecretValue({ secret: { name: 'keys' } as kplus.ISecret, key: name });
  const client = HttpAuth.clientCertificate(
    FileSource.inline('PEM'), FileSource.fromSecret({ name: 'client' } as kplus.ISecret, 'tls.key'),
  );
  const asked = (token: string) => ({
    headers: { Authorization: 'Bearer ${TOKEN}', Accept: 'text/plain' }, variables: { TOKEN: key(token) },
  });
  new WaitForService(web, 'wait', {
    endpoints: [
      database,
      Endpoint.http('http://a', asked('a')),
      Endpoint.http('http://b', { ...asked('b'), bodyContains: 'UP' }),
      Endpoint.http('https://c', { auth: client }),
      Endpoint.http('http://d', { auth: HttpAuth.basic(key('user'), key('password')) }),
      Endpoint.dns('peers', { minAddresses: 3 }),
    ],
  });

  const { initContainers: [container] } = podSpec(web);
  const from = (name: string) => ({ valueFrom: { secretKeyRef: { name: 'keys', key: name } } });
  const lines = 'Accept: text/plain\nAuthorization: Bearer ${TOKEN}';
  expect(container.env).toEqual([
    { name: 'step_attempt_timeout', value: '4' },
    { name: 'step_body_3', value: 'UP' },
    { name: 'step_client_certificate_4', value: '/in/client-certificate-4' },
    { name: 'step_client_key_4', value: '/in/client-key-4' },
    { name: 'step_credentials', value: 'step_user_5 step_password_5' },
    {
      name: 'step_endpoints',
      value: 'tcp://db:5432 of=_2,http://a of=_3,http://b of=_4,https://c of=_5,http://d of=_6,dns:peers',
    },
    { name: 'step_headers_2', value: lines },
    { name: 'step_headers_3', value: lines },
    { name: 'step_least_6', value: '3' },
    { name: 'step_password_5', ...from('password') },
    { name: 'step_poll_interval', value: '10' },
    { name: 'step_timeout', value: '660' },
    { name: 'step_user_5', ...from('user') },
    { name: 'step_variables', value: '2_TOKEN 3_TOKEN' },
    { name: 'var_2_TOKEN', ...from('a') },
    { name: 'var_3_TOKEN', ...from('b') },
  ]);
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath))
    .toEqual(['/in/client-certificate-4', '/in/client-key-4']);
});

test('what an endpoint is asked with stays as it was when the endpoint was made', () => {
  const headers = { A: 'b' };
  const endpoint = Endpoint.http('http://a', { headers });
  headers.A = 'b\r\nInjected: c';

  const { env } = waiting({ endpoints: [endpoint.answeredByOthers()] }).initContainers[0];
  expect(env).toContainEqual({ name: 'step_headers_1', value: 'A: b' });
});
