import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { podSpecIn } from './pod-spec';
import { deployment, podSpec } from './workload';
import { cdk8sPlusVersions, typedPodTemplate } from './workload-kinds';
import { AppProtocol, Endpoint, FileSource, WaitForService, type ServiceEndpointOptions } from '../src';

/** The address that a workload in namespace `shop` tries. */
function triedBy(workloadNamespace: string | undefined, endpoint: Endpoint): string {
  const chart = new Chart(Testing.app(), 'waiting', { namespace: workloadNamespace });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  new WaitForService(web, 'wait', { endpoints: [endpoint] });
  return podSpec(web).initContainers[0].env.find((each: any) => each.name === 'step_endpoints').value;
}

function mysqlService(): kplus.Service {
  return new kplus.Service(new Chart(Testing.app(), 'shop'), 'db', {
    metadata: { name: 'db' },
    ports: [{ port: 3306 }],
  });
}

test.each<[string, Endpoint]>([
  ['tcp://db:5432', Endpoint.tcp('db', 5432)],
  ['tcp://10.0.0.7:1', Endpoint.tcp('10.0.0.7', 1)],
  ['tcp://[fd00::7]:65535', Endpoint.tcp('fd00::7', 65535)],
  ['postgres://db:5432', Endpoint.tcp('db', 5432, { appProtocol: AppProtocol.POSTGRES })],
  ['redis://[fd00::7]:6379', Endpoint.tcp('fd00::7', 6379, { appProtocol: AppProtocol.REDIS })],
  ['mysql://db:3306', Endpoint.service(mysqlService(), { appProtocol: AppProtocol.MYSQL })],
  ['dns:queue-0.queue.', Endpoint.dns('queue-0.queue.')],
  ['https://api/healthz?x=$y', Endpoint.http('https://api/healthz?x=$y')],
])('the endpoint %s is tried as it is described', (address, endpoint) => {
  expect(endpoint.description).toBe(address);
  expect(triedBy('shop', endpoint).split(' ')[0]).toBe(address);
});

test('a URL counts as up from 200 to 299, or with the statuses that are named', () => {
  expect(triedBy('shop', Endpoint.http('http://api/'))).toBe('http://api/');
  expect(triedBy('shop', Endpoint.http('http://api/', { statusCodes: [200, 401] }))).toBe('status=200|401,http://api/');
});

const udp = { port: 53, protocol: kplus.Protocol.UDP, name: 'udp' };
const headless: kplus.ServiceProps = { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] };
const external: kplus.ServiceProps = {
  type: kplus.ServiceType.EXTERNAL_NAME,
  externalName: 'db.example.com',
};

const services: [string, kplus.ServiceProps, ServiceEndpointOptions, string][] = [
  ['its only TCP port',
    { ports: [udp, { port: 80, targetPort: 8080, name: 'web' }] }, {}, 'tcp://db:80'],
  ['the port that is named',
    { ports: [{ port: 80, name: 'a' }, { port: 81, name: 'b' }] }, { port: 81 }, 'tcp://db:81'],
  ['a path over http',
    { ports: [{ port: 80 }] }, { httpPath: '/healthz' }, 'http://db:80/healthz'],
  ["the pods' port, if it is headless",
    headless, {}, 'tcp://db:8080'],
  ["the pods' port of the port that is named, if it is headless",
    headless, { port: 80 }, 'tcp://db:8080'],
  ['its external name',
    external, { port: 5432 }, 'tcp://db.example.com:5432'],
];

/** A Service `db` as it stands in YAML, port 5432. */
function manifestOf(namespace?: string) {
  const metadata = { name: 'db', namespace };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 5432 }] } };
}

test.each(services)('a Service is tried at %s', (_, props, options, address) => {
  const chart = new Chart(Testing.app(), 'serving', { namespace: 'shop' });
  const service = new kplus.Service(chart, 'db', { metadata: { name: 'db' }, ...props });

  expect(triedBy('shop', Endpoint.service(service, options))).toBe(address);
});

test('a Service is read when the endpoint is made: patches before count, patches behind do not', () => {
  const service = new ApiObject(new Chart(Testing.app(), 'serving'), 'db', manifestOf());
  service.addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 5433));
  const endpoint = Endpoint.service(service);
  service.addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 5434));

  expect([endpoint.description, triedBy('shop', endpoint)]).toEqual(['tcp://db:5433', 'tcp://db:5433']);
  expect(Endpoint.service(service).description).toBe('tcp://db:5434');
});

test('an endpoint at which others answer is tried like any other', () => {
  const endpoint = Endpoint.http('https://api', {
    statusCodes: [401],
    caCertificate: FileSource.inline('PEM'),
  });

  expect(endpoint.answeredByOthers().description).toBe(endpoint.description);
  expect(triedBy('shop', endpoint.answeredByOthers())).toBe(triedBy('shop', endpoint));
});

test('a Service of another namespace is named with it', () => {
  const chart = new Chart(Testing.app(), 'serving', { namespace: 'data' });
  const service = new kplus.Service(chart, 'db', {
    metadata: { name: 'db' },
    ports: [{ port: 5432 }],
  });
  const endpoint = Endpoint.service(service);

  expect(endpoint.description).toBe('tcp://db.data:5432');
  expect(['shop', 'data', undefined].map(namespace => triedBy(namespace, endpoint)))
    .toEqual(['tcp://db.data:5432', 'tcp://db:5432', 'tcp://db.data:5432']);
});

type MakeService = (chart: Chart) => Construct;

const metadata = { name: 'db', namespace: 'data' };
const typedHeadless = {
  clusterIp: 'None',
  ports: [{ port: 80, targetPort: kplus.k8s.IntOrString.fromNumber(8080) }],
};
test.each<[string, MakeService, string]>([
  ...cdk8sPlusVersions.map(([version, { Service }]): [string, MakeService, string] => [
    `a Service of cdk8s-plus-${version}`,
    chart => new Service(chart, 'db', { metadata, ports: [{ port: 80 }] }),
    'tcp://db.data:80',
  ]),
  ['a KubeService',
    chart => new kplus.k8s.KubeService(chart, 'db', { metadata, spec: typedHeadless }),
    'tcp://db.data:8080'],
])('%s is tried by its name, from whatever workload', (_, make, address) => {
  const chart = new Chart(Testing.app(), 'serving');
  const job = new kplus.k8s.KubeJob(chart, 'job', {
    metadata: { namespace: 'shop' },
    spec: { template: typedPodTemplate },
  });
  new WaitForService(job, 'wait', { endpoints: [Endpoint.service(make(chart))] });

  const [{ env }] = podSpecIn(job.toJson()).initContainers;
  expect(env).toContainEqual({ name: 'step_endpoints', value: address });
});

test('the addresses of a name are tried in turn, unless it is known to have but one', () => {
  const chart = new Chart(Testing.app(), 'services');
  const service = (id: string, props: kplus.ServiceProps) => Endpoint.service(new kplus.Service(chart, id, props), {
    port: 80,
  });
  const endpoints = {
    name: Endpoint.tcp('db', 80),
    address: Endpoint.tcp('10.0.0.7', 80),
    addressOfIPv6: Endpoint.tcp('fd00::7', 80),
    service: service('db', { ports: [{ port: 80 }] }),
    headless: service('queue', { ...headless, ports: [{ port: 80 }] }),
    external: service('far', external),
  };

  const inTurn = Object.entries(endpoints).filter(([, endpoint]) => {
    const web = deployment();
    new WaitForService(web, 'wait', { endpoints: [endpoint] });
    return podSpec(web).initContainers[0].command[2].includes('nslookup');
  });

  expect(inTurn.map(([name]) => name)).toEqual(['name', 'headless', 'external']);
});

test('a Service may be any API object of that kind, also an included one', () => {
  const manifest = manifestOf('data');
  const chart = new Chart(Testing.app(), 'serving');
  const folder = mkdtempSync(join(tmpdir(), 'include-'));
  const file = join(folder, 'db.yaml');
  writeFileSync(file, JSON.stringify(manifest));
  const [included] = new Include(chart, 'included', { url: file }).apiObjects;
  rmSync(folder, { recursive: true });

  expect([new ApiObject(chart, 'db', manifest), included].map(service => Endpoint.service(service).description))
    .toEqual(['tcp://db.data:5432', 'tcp://db.data:5432']);
});

test('an endpoint tells a program its address, as seen from the pod of a workload', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const database = new kplus.Service(chart, 'db', { metadata: { name: 'db' }, ports: [{ port: 5432 }] });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  const api = new kplus.Deployment(chart, 'api', {
    containers: [{ image: 'my-app:1.0' }], metadata: { namespace: 'api' },
  });
  const endpoint = Endpoint.service(database);

  expect([web, api, chart].map(scope => endpoint.addressFrom(scope)))
    .toEqual(['tcp://db:5432', 'tcp://db.shop:5432', 'tcp://db.shop:5432']);
});

test('an endpoint tells a program what its author wrote, also when others answer there', () => {
  const caCertificate = FileSource.inline('-----BEGIN CERTIFICATE-----');
  const endpoint = Endpoint.http('https://api', { statusCodes: [200, 401], caCertificate }).answeredByOthers();

  const { description, statusCodes } = endpoint;
  expect({ description, statusCodes }).toEqual({ description: 'https://api', statusCodes: [200, 401] });
  expect(endpoint.caCertificate).toBe(caCertificate);
});
