import { ApiObject, Chart, Cron, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import { deployment } from './workload';
import { AppProtocol, Endpoint, FileSource, HttpAuth } from '../src';

const inChart = () => new Chart(Testing.app(), 'shop');

function service(props: kplus.ServiceProps): kplus.Service {
  return new kplus.Service(inChart(), 'db', props);
}

/** A Service as it stands in YAML. */
function plainService(spec: object): ApiObject {
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db' }, spec };
  return new ApiObject(inChart(), 'db', manifest);
}

/** A headless Service beside pods that it selects, which give each port the name `http`. */
function headlessBeside(...ports: { port: number }[]): ApiObject {
  const headless = plainService({
    clusterIP: 'None',
    selector: { app: 'db' },
    ports: [{ port: 80, targetPort: 'http' }],
  });
  ports.forEach(({ port }) => new kplus.Pod(Chart.of(headless), `pod-${port}`, {
    metadata: { labels: { app: 'db' } },
    containers: [{ image: 'x', ports: [{ name: 'http', number: port }] }],
  }));
  return headless;
}

const secrets = { name: 'secrets' } as kplus.ISecret;
const secretKey = kplus.EnvValue.fromSecretValue({ secret: secrets, key: 'key' });
const user = HttpAuth.basic(secretKey, secretKey);
const client = HttpAuth.clientCertificate(FileSource.inline('PEM'), FileSource.fromSecret(secrets, 'tls.key'));

testRefusals('Endpoint', [
  ['a host that is a URL',
    () => Endpoint.tcp('http://db', 5432),
    "Endpoint: 'host' must be a host name or an IP address, "
      + 'got "http://db"; write Endpoint.http(\'http://db\')'],
  ['a host with a port',
    () => Endpoint.tcp('db:5432', 5432),
    "Endpoint: 'host' must be a host name without a port, "
      + 'got "db:5432"; give the port as the second argument'],
  ['a host that begins with a dash',
    () => Endpoint.tcp('-db', 5432),
    "Endpoint: 'host' must be a host name or an IP address, "
      + 'got "-db"'],
  ['an empty host',
    () => Endpoint.tcp('', 5432),
    "Endpoint: 'host' must be a host name or an IP address, "
      + 'got ""'],
  ['half an IPv6 address',
    () => Endpoint.tcp('dead:beef', 5432),
    "Endpoint: 'host' must be a host name or an IP address, "
      + 'got "dead:beef"'],
  ['a name with a port',
    () => Endpoint.dns('db:5432'),
    "Endpoint: 'name' must be a host name without a port, "
      + 'got "db:5432"; use Endpoint.tcp to wait for a port'],
  ['a name that is a URL',
    () => Endpoint.dns('http://db'),
    "Endpoint: 'name' must be a host name, "
      + 'got "http://db"; write Endpoint.http(\'http://db\')'],
  ['a name that begins with a dash',
    () => Endpoint.dns('-db'),
    "Endpoint: 'name' must be a host name, "
      + 'got "-db"'],
  ['a host with a space',
    () => Endpoint.dns('my db'),
    "Endpoint: 'name' must be a host name, "
      + 'got "my db"'],
  ['an address to look up',
    () => Endpoint.dns('10.0.0.1'),
    "Endpoint: 'name' must be a name, which an address need not be looked up for, "
      + 'got "10.0.0.1"; use Endpoint.tcp'],
  ['a port out of range',
    () => Endpoint.tcp('db', 70000),
    "Endpoint: 'port' must be between 1 and 65535, got 70000"],
  ['a port that is no whole number',
    () => Endpoint.tcp('db', 54.32),
    "Endpoint: 'port' must be between 1 and 65535, got 54.32"],
  ['the port 0',
    () => Endpoint.tcp('db', 0),
    "Endpoint: 'port' must be between 1 and 65535, got 0"],
  ['the port after the last',
    () => Endpoint.service(service({ ports: [{ port: 80 }] }), { port: 65536 }),
    "Endpoint: 'port' must be between 1 and 65535, got 65536"],
  ['a port that the Service lacks',
    () => Endpoint.service(service({ ports: [{ port: 80 }] }), { port: 81 }),
    "Endpoint: 'port' must be a TCP port of the Service: 80, got 81 [shop/db]"],
  ['a Service with two ports and no choice',
    () => Endpoint.service(service({ ports: [{ port: 80, name: 'a' }, { port: 81, name: 'b' }] })),
    "Endpoint: 'port' must name one of the Service's TCP ports: 80, 81, got nothing [shop/db]"],
  ['a UDP port',
    () => Endpoint.service(service({ ports: [{ port: 53, protocol: kplus.Protocol.UDP }] })),
    "Endpoint: 'port' must name a TCP port, of which the Service has none, got nothing [shop/db]"],
  ['an ExternalName Service without a port',
    () => Endpoint.service(service({
      type: kplus.ServiceType.EXTERNAL_NAME,
      externalName: 'db.example.com',
    })),
    "Endpoint: 'port' must be given for an ExternalName Service, got nothing; "
      + 'its manifest names no port [shop/db]'],
  ['a headless Service that names the port of its pods',
    () => Endpoint.service(plainService({
      clusterIP: 'None',
      ports: [{ port: 80, targetPort: 'http' }],
    })),
    "Endpoint: 'port' must lead to one port of the pods, "
      + 'because a headless Service translates no ports, '
      + 'got "http"; no container behind it has a port of that name yet: make them first, '
      + "or use Endpoint.tcp with the pods' port [shop/db]"],
  ['a headless Service that names a port to which its pods give two numbers',
    () => Endpoint.service(headlessBeside({ port: 8080 }, { port: 8081 })),
    "Endpoint: 'port' must lead to one port of the pods, "
      + 'because a headless Service translates no ports, '
      + 'got "http"; the containers behind it number it 8080 and 8081: let them agree, '
      + "or use Endpoint.tcp with the pods' port [shop/db]"],
  ['a port beside a token',
    () => Endpoint.tcp('${Token[TOKEN.1]}:5432', 5432),
    'Endpoint: \'host\' must be a host name without a port, got "${Token[TOKEN.1]}:5432"; '
      + 'give the port as the second argument'],
  ['a URL with a token as a host',
    () => Endpoint.tcp('http://${Token[TOKEN.1]}', 80),
    'Endpoint: \'host\' must be a host name or an IP address, got "http://${Token[TOKEN.1]}"; '
      + 'write Endpoint.http(\'http://${Token[TOKEN.1]}\')'],
  ['a fragment beside a token',
    () => Endpoint.http('http://${Token[TOKEN.1]}/#${Token[TOKEN.2]}'),
    'Endpoint: \'url\' must not hold a fragment, got "http://${Token[TOKEN.1]}/#${Token[TOKEN.2]}"; '
      + 'remove #${Token[TOKEN.2]}: it is never sent to a server'],
  ['a space beside a token',
    () => Endpoint.http('${Token[TOKEN.1]}/a b'),
    'Endpoint: \'url\' must consist of printable ASCII characters without spaces, '
      + 'got "${Token[TOKEN.1]}/a b"; percent-encode the others'],
  ['a Service in a namespace that is none, with a token',
    () => Endpoint.service(new ApiObject(inChart(), 'db', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: '${Token[TOKEN.1]}_x' },
      spec: { ports: [{ port: 80 }] },
    })),
    "Endpoint: 'namespace of the Service' must be a DNS label (lower-case letters, digits and \"-\", "
      + 'at most 63 characters), got "${Token[TOKEN.1]}_x" [shop/db]'],
  ['a status that HTTP does not have',
    () => Endpoint.http('http://api', { statusCodes: [200, 1000] }),
    "Endpoint: 'statusCodes' must be between 100 and 599, got 1000"],
  ['a status below all others',
    () => Endpoint.http('http://api', { statusCodes: [99] }),
    "Endpoint: 'statusCodes' must be between 100 and 599, got 99"],
  ['a status above all others',
    () => Endpoint.http('http://api', { statusCodes: [600] }),
    "Endpoint: 'statusCodes' must be between 100 and 599, got 600"],
  ['no status at all',
    () => Endpoint.http('http://api', { statusCodes: [] }),
    "Endpoint: 'statusCodes' must name at least one status, got none; "
      + 'leave it out for 200 to 299'],
  ['certificates for plain http',
    () => Endpoint.http('http://api', { caCertificate: FileSource.inline('PEM') }),
    "Endpoint: 'caCertificate' must be left out for a plain http URL, got inline text"],
  ['a client certificate for plain http',
    () => Endpoint.http('http://api', { auth: client }),
    "Endpoint: 'auth' must not be a client certificate for a plain http URL, got one"],
  ['user and password beside a header that says who asks',
    () => Endpoint.http('https://api', { auth: user, headers: { authorization: 'Bearer x' } }),
    "Endpoint: 'auth' must be left out beside the header authorization, got user and password; "
      + 'a request has one of them'],
  ['a header with a line break',
    () => Endpoint.http('https://api', { headers: { A: 'b\nc' } }),
    "Endpoint: 'headers' must not hold line breaks or other control characters, got one in A"],
  ['a header with a variable that is not declared',
    () => Endpoint.http('https://api', { headers: { A: '${TOKEN}' } }),
    'Endpoint: \'headers\' must use declared variables only, as ${NAME}, got "${TOKEN}"; declare it in variables'],
  ['a variable that no header uses',
    () => Endpoint.http('https://api', { variables: { TOKEN: kplus.EnvValue.fromValue('x') } }),
    "Endpoint: 'variables' must be used in the headers as ${TOKEN}, got \"TOKEN\"; "
      + 'in a TypeScript template literal write \\${TOKEN}, in a Python f-string ${{TOKEN}}'],
  ['an empty text in the body',
    () => Endpoint.http('http://api', { bodyContains: '' }),
    "Endpoint: 'bodyContains' must not be empty, got \"\"; leave it out for any body"],
  ['a text in the body of an answer that has none',
    () => Endpoint.http('http://api', { bodyContains: 'UP', statusCodes: [200, 204] }),
    "Endpoint: 'bodyContains' must be left out beside status 204, which comes without a body, "
      + 'got "UP"; leave one of them out'],
  ['a text in the body with a NUL character',
    () => Endpoint.http('http://api', { bodyContains: 'a\0' }),
    "Endpoint: 'bodyContains' must not hold NUL characters, got one"],
  ['a text that is longer than what is searched',
    () => Endpoint.http('http://api', { bodyContains: 'é'.repeat(32769) }),
    "Endpoint: 'bodyContains' must fit into the 64 KiB that are searched, got 65538 bytes"],
  ['no address at all',
    () => Endpoint.dns('peers', { minAddresses: 0 }),
    "Endpoint: 'minAddresses' must be a whole number of at least 1, got 0"],
  ['half an address',
    () => Endpoint.dns('peers', { minAddresses: 1.5 }),
    "Endpoint: 'minAddresses' must be a whole number of at least 1, got 1.5"],
  ['more addresses than an answer can hold',
    () => Endpoint.dns('peers', { minAddresses: 48 }),
    "Endpoint: 'minAddresses' must be at most 47, for which answers of name servers have room, got 48"],
  ['several addresses of the pod itself',
    () => Endpoint.dns('localhost', { minAddresses: 2 }),
    "Endpoint: 'minAddresses' must be 1 for localhost, which is the pod itself, got 2"],
  ['an endpoint that is no Service',
    () => Endpoint.service(deployment()),
    "Endpoint: 'service' must be a Service, got Deployment 'shop/web'; "
      + 'give it the Service of these pods, as exposeViaService() makes one [shop/web]'],
  ['a Job as endpoint',
    () => Endpoint.service(new kplus.Job(inChart(), 'migration', { containers: [{ image: 'x' }] })),
    "Endpoint: 'service' must be a Service, got Job 'shop/migration'; "
      + 'nothing answers for a Job once it has ended: use a WaitForCondition with Condition.completed(job) '
      + '[shop/migration]'],
  ['a CronJob as endpoint',
    () => Endpoint.service(new kplus.CronJob(inChart(), 'nightly', {
      containers: [{ image: 'x' }], schedule: Cron.daily(),
    })),
    "Endpoint: 'service' must be a Service, got CronJob 'shop/nightly'; "
      + 'nothing answers for a Job once it has ended: wait for what it leaves behind, '
      + 'with an InitStep that asks for it [shop/nightly]'],
  ['an Ingress as endpoint',
    () => Endpoint.service(new ApiObject(inChart(), 'web', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' })),
    "Endpoint: 'service' must be a Service, got ApiObject 'shop/web'; use Endpoint.http with its URL [shop/web]"],
  ['a ConfigMap as endpoint',
    () => Endpoint.service(new kplus.ConfigMap(inChart(), 'web')),
    "Endpoint: 'service' must be a Service, got ConfigMap 'shop/web'; use Endpoint.tcp for anything else [shop/web]"],
  ['a Service of another API',
    () => Endpoint.service(new ApiObject(inChart(), 'web', {
      apiVersion: 'serving.knative.dev/v1', kind: 'Service',
    })),
    "Endpoint: 'service' must be a Service, got ApiObject 'shop/web'; "
      + 'use Endpoint.http with its URL [shop/web]'],
  ['a Service without ports',
    () => Endpoint.service(service({})),
    'Endpoint: the Service cannot be read yet (A service must be configured with a port); '
      + 'give it its ports before you wait for it [shop/db]'],
  ['an ExternalName Service without a name',
    () => Endpoint.service(plainService({ type: 'ExternalName' }), { port: 80 }),
    'Endpoint: the ExternalName Service has no external name; give it one [shop/db]'],
  ['a path of http beside another protocol',
    () => Endpoint.service(service({ ports: [{ port: 80 }] }), {
      httpPath: '/healthz',
      appProtocol: AppProtocol.REDIS,
    }),
    "Endpoint: 'appProtocol' must be left out beside `httpPath`, which asks in http, "
      + 'got "redis"; make two endpoints of it'],
  ['a path that does not begin with a slash',
    () => Endpoint.service(service({ ports: [{ port: 80 }] }), { httpPath: 'healthz' }),
    'Endpoint: \'httpPath\' must begin with "/", '
      + 'got "healthz"'],
  ['a path with a space',
    () => Endpoint.service(plainService({ ports: [{ port: 80 }] }), { httpPath: '/health check' }),
    "Endpoint: 'httpPath' must consist of printable ASCII characters without spaces, "
      + 'got "/health check"; percent-encode the others'],
]);

testAcceptance('Endpoint', [
  ['the first and the last status', () => Endpoint.http('http://api', { statusCodes: [100, 599] })],
  ['the fewest and the most addresses', () => [1, 47].map(minAddresses => Endpoint.dns('peers', { minAddresses }))],
  ['a text as long as what is searched', () => Endpoint.http('http://api', { bodyContains: 'x'.repeat(65536) })],
  ['a client certificate for a URL that is a token', () => Endpoint.http('${Token[TOKEN.1]}', { auth: client })],
  ['user and password beside other headers', () => Endpoint.http('http://api', { auth: user, headers: { A: 'b' } })],
]);
