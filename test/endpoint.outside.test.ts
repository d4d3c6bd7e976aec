/** Endpoints whose address only the pod knows. */
import { Chart, Lazy, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import { deployment, podSpec } from './workload';
import { AppProtocol, Endpoint, FileSource, StartupGraph, WaitForService, type WaitForServiceProps } from '../src';

const { fromConfigMap, fromFieldRef, fromSecretValue, fromValue } = kplus.EnvValue;

const secret = (key: string) => fromSecretValue({ secret: { name: 'db' } as kplus.ISecret, key });
const setting = (key: string) => fromConfigMap({ name: 'settings' } as kplus.IConfigMap, key);
const hostIp = fromFieldRef(kplus.EnvFieldPaths.NODE_IP);
const any = (value: unknown): any => value;

/** The variables of a wait by their names, and its image. */
function waiting(endpoints: Endpoint[], props: Partial<WaitForServiceProps> = {}): { env: any; image: string } {
  const web = deployment();
  new WaitForService(web, 'wait', { endpoints, ...props });
  const [{ env, image }] = podSpec(web).initContainers;
  return { env: Object.fromEntries(env.map(({ name, ...value }: any) => [name, value])), image };
}

test.each<[string, Endpoint, string]>([
  ['a Secret', Endpoint.tcpFrom(secret('host'), secret('port')),
    'tcp://{key host of Secret db}:{key port of Secret db}'],
  ['a ConfigMap and a number',
    Endpoint.tcpFrom(setting('host'), fromValue('5432'), { appProtocol: AppProtocol.POSTGRES }),
    'postgres://{key host of ConfigMap settings}:5432'],
  ['a field', Endpoint.tcpFrom(hostIp, fromValue('8126')), 'tcp://{field status.hostIP of the pod}:8126'],
  ['what a token will be', Endpoint.tcpFrom(any({ value: '${Token[HOST.1]}' }), fromValue('80')),
    'tcp://{a value that is known later}:80'],
  ['an address of IPv6', Endpoint.tcpFrom(fromValue('::1'), secret('port')), 'tcp://[::1]:{key port of Secret db}'],
  ['a URL in a Secret', Endpoint.urlFrom(secret('url')), 'key url of Secret db'],
  ['a URL in the program', Endpoint.urlFrom(fromValue('redis://cache/0?x=1')), 'redis://cache/0'],
])('an endpoint from %s is called by where it comes from', (_, endpoint, description) => {
  expect([endpoint.description, endpoint.addressFrom(deployment()), endpoint.answeredByOthers().description])
    .toEqual([description, description, description]);
});

test('a host and a port that are known are a plain endpoint', () => {
  const endpoint = Endpoint.tcpFrom(fromValue('db'), fromValue('5432'), { appProtocol: AppProtocol.POSTGRES });

  expect([endpoint.description, endpoint.addressValues]).toEqual(['postgres://db:5432', {}]);
});

test('the addresses of the pod and of its node are one each', () => {
  const fields = [hostIp, fromFieldRef(kplus.EnvFieldPaths.POD_NAME), secret('host')];

  expect(fields.map(each => Endpoint.tcpFrom(each, secret('port')).hasOneAddress)).toEqual([true, false, false]);
});

test('a wait tells its program which variables hold what only the pod knows', () => {
  const endpoints = [
    Endpoint.dns('queue'), Endpoint.tcpFrom(secret('host'), fromValue('5432'), { appProtocol: AppProtocol.POSTGRES }),
    Endpoint.tcpFrom(hostIp, secret('port')).answeredByOthers(),
  ];

  const { env, image } = waiting(endpoints);

  const valueFrom = (key: string) => ({ valueFrom: { secretKeyRef: { name: 'db', key } } });
  expect(env).toEqual({
    step_attempt_timeout: { value: '4' },
    step_endpoints: { value: 'dns:queue postgres:step_host_2:step_port_2 tcp:step_host_3:step_port_3' },
    step_host_2: valueFrom('host'),
    step_host_3: { valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    step_poll_interval: { value: '10' },
    step_port_2: { value: '5432' },
    step_port_3: valueFrom('port'),
    step_timeout: { value: '660' },
  });
  expect(image).toMatch(/busybox/);
});

test('a wait for a URL runs in the curl image, with the options of http and certificates', () => {
  const caCertificate = FileSource.inline('pem');
  const endpoint = Endpoint.urlFrom(secret('url'), { statusCodes: [200, 401], followRedirects: false, caCertificate });

  const { env, image } = waiting([endpoint]);

  expect(env.step_endpoints)
    .toEqual({ value: 'status=200|401,follow=no,pem=step_ca_certificate_1,url:step_url_1' });
  expect(env.step_url_1).toEqual({ valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } });
  expect(image).toMatch(/curl/);
});

test('in the start-up graph it is a name from outside, which is called by where it comes from', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'x' }] });
  const endpoints = [
    Endpoint.urlFrom(secret('db.url')), Endpoint.tcpFrom(secret('host'), setting('port')),
    Endpoint.tcpFrom(fromValue('localhost'), secret('port')), Endpoint.tcpFrom(secret('host'), fromValue('5432')),
  ];
  new WaitForService(web, 'wait', { endpoints });

  const graph = StartupGraph.of(chart);

  expect(graph.toMermaid().split('\n').filter(line => /w1|o\d/.test(line))).toEqual([
    '    w1["web<br>Deployment"]',
    '  o1(["key db.url of Secret db"]):::outside',
    '  o2(["key host of Secret db"]):::outside',
    '  o3(["localhost"]):::outside',
    '  w1 -->|"URL, 11 min"| o1',
    '  w1 -->|"key port of ConfigMap settings, 11 min"| o2',
    '  w1 -->|"key port of Secret db, 11 min"| o3',
    '  w1 -->|"5432, 11 min"| o2',
  ]);
  expect(graph.edges().map(({ endpoint, outside, needsReady }) => [endpoint, outside, needsReady])[0])
    .toEqual(['key db.url of Secret db', 'key db.url of Secret db', false]);
  expect([graph.findings(), graph.notes()]).toEqual([[], []]);
});

test('a key is another one in each namespace', () => {
  const app = Testing.app();
  for (const namespace of ['blue', 'green']) {
    const chart = new Chart(app, namespace, { namespace });
    const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'x' }] });
    new WaitForService(web, 'wait', { endpoints: [Endpoint.urlFrom(secret('db.url'))] });
  }

  expect(StartupGraph.of(app).toMermaid().match(/:::outside/g)).toHaveLength(2);
});

test('a key that a Secret of the app does not have is refused at synth', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const keys = new kplus.Secret(chart, 'keys', { stringData: { url: 'redis://a' } });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'x' }] });
  new WaitForService(web, 'wait', { endpoints: [Endpoint.urlFrom(fromSecretValue({ secret: keys, key: 'urls' }))] });

  expect(() => Testing.synth(chart)).toThrow(
    "reads key urls of Secret shop/keys in step 'wait', but that has only url; correct the key, or add it",
  );
});

const ORIGIN = 'come from a Secret, a ConfigMap or a field of the pod, got what is none of them; '
  + 'write EnvValue.fromSecretValue({ secret, key })';
const URL_OF = 'be a URL of postgres, mysql, redis, mongodb, cassandra, kafka, amqp, http, https or tcp';
const main = deployment().containers[0];
const cpu = kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { container: main });

testRefusals('Endpoint', [
  ['a host that is a text', () => Endpoint.tcpFrom(any('db'), secret('port')),
    'Endpoint: \'host\' must be an EnvValue, got "db"; write EnvValue.fromValue("db")'],
  ['a port that is a number', () => Endpoint.tcpFrom(secret('host'), any(5432)),
    'Endpoint: \'port\' must be an EnvValue, got 5432; write EnvValue.fromValue("5432")'],
  ['no port', () => Endpoint.tcpFrom(secret('host'), any(undefined)),
    'Endpoint: \'port\' must be an EnvValue, got nothing'],
  ['a host that is a resource', () => Endpoint.tcpFrom(cpu, secret('port')), `Endpoint: 'host' must ${ORIGIN}`],
  ['a URL without a value', () => Endpoint.urlFrom(any({ value: undefined })),
    "Endpoint: 'url.value' must be a text, got nothing; is it a variable of process.env that is not set?"],
  ['a host that is known and wrong', () => Endpoint.tcpFrom(fromValue('db:1'), secret('port')),
    'Endpoint: \'host\' must be a host name without a port, got "db:1"; give the port as the second argument'],
  ['a port that is known and wrong', () => Endpoint.tcpFrom(secret('host'), fromValue('http')),
    'Endpoint: \'port\' must be between 1 and 65535, got "http"'],
  ['a port that is known and out of range', () => Endpoint.tcpFrom(fromValue('db'), fromValue('65536')),
    'Endpoint: \'port\' must be between 1 and 65535, got "65536"'],
  ['a protocol that there is not', () => Endpoint.tcpFrom(secret('host'), secret('port'), any({ appProtocol: 'x' })),
    "Endpoint: 'appProtocol' must be one of postgres, mysql, redis, mongodb, cassandra, kafka, amqp, got \"x\""],
  ['a URL with a password in the YAML', () => Endpoint.urlFrom(fromValue('postgres://me:word@db/shop')),
    'Endpoint: \'url\' must not hold credentials, which would be readable in the YAML, got a URL with "@"; '
      + 'let all of it come from a Secret'],
  ['a URL of another scheme', () => Endpoint.urlFrom(fromValue('sqlserver://db')),
    `Endpoint: 'url' must ${URL_OF}, got "sqlserver://db"`],
  ['a URL whose hosts DNS knows', () => Endpoint.urlFrom(fromValue('mongodb+srv://db')),
    `Endpoint: 'url' must ${URL_OF}, got "mongodb+srv://db"; name the hosts in a URL of mongodb`],
  ['a URL that is known and has no host', () => Endpoint.urlFrom(fromValue('http:///x')),
    'Endpoint: \'url\' must name a host, got "http:///x"'],
  ['a URL that is known and whose host is none', () => Endpoint.urlFrom(fromValue('redis://a_,-b')),
    'Endpoint: \'url\' must name hosts and ports that can be, got "redis://a_,-b"'],
  ['a URL that is known and whose port is out of range', () => Endpoint.urlFrom(fromValue('postgres://db:99999/x')),
    'Endpoint: \'url\' must name hosts and ports that can be, got "postgres://db:99999/x"'],
  ['a URL that is known and lacks the port of tcp', () => Endpoint.urlFrom(fromValue('tcp://db')),
    'Endpoint: \'url\' must name a port, got "tcp://db"'],
  ['a URL that is known, of http and of two hosts', () => Endpoint.urlFrom(fromValue('http://a,b')),
    'Endpoint: \'url\' must name one host, got "http://a,b"'],
  ['what a database does not say', () => Endpoint.urlFrom(fromValue('redis://db'), { bodyContains: 'x' }),
    'Endpoint: \'bodyContains\' must be left out for a URL that is not of http or https, got "x"'],
  ['no status', () => Endpoint.urlFrom(secret('url'), { statusCodes: [] }),
    "Endpoint: 'statusCodes' must name at least one status, got none; leave it out for 200 to 299"],
  ['certificates in a text', () => Endpoint.urlFrom(secret('url'), any({ caCertificate: 'pem' })),
    "Endpoint: 'caCertificate' must be a FileSource, got \"pem\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path)'],
]);

/** A host that another tool writes when the app is synthesized. */
const later = (host: string) => Endpoint.tcpFrom(any({ value: Lazy.any({ produce: () => host }) }), fromValue('80'));

testRefusals('WaitForService', [
  ['a host that is known later twice', () => { const endpoint = later('a'); return waiting([endpoint, endpoint]); },
    "WaitForService: 'endpoints' must be different, got \"tcp://{a value that is known later}:80\" [shop/web/wait]"],
  ['a URL twice', () => waiting([Endpoint.urlFrom(secret('url')), Endpoint.urlFrom(secret('url'))]),
    "WaitForService: 'endpoints' must be different, got \"key url of Secret db\" [shop/web/wait]"],
]);

testAcceptance('WaitForService', [
  ['two hosts that are known later', () => waiting([later('a'), later('b')])],
]);

testAcceptance('Endpoint', [
  ['a known URL of several hosts', () => Endpoint.urlFrom(fromValue('jdbc:mysql://a:1,[::1]:2,b/x?y=1'))],
  ['a known URL in capitals', () => Endpoint.urlFrom(fromValue('POSTGRES://db/x'))],
  ['a URL of SQLAlchemy', () => Endpoint.urlFrom(fromValue('postgresql+asyncpg://db/shop'))],
  ['a URL of JDBC', () => Endpoint.urlFrom(fromValue('jdbc:mysql://db/shop'))],
  ['a value that is known later', () => Endpoint.urlFrom(any({ value: Lazy.any({ produce: () => 'redis://a' }) }))],
  ['an optional key', () => Endpoint.urlFrom(fromConfigMap({ name: 'a' } as any, 'url', { optional: true }))],
]);
