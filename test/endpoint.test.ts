import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { typedTemplate, versions } from './kinds';
import { podSpec } from './workload';
import { Endpoint, FileSource, WaitForService, type ServiceEndpointOptions } from '../src';

/** The address that a workload in namespace `shop` tries. */
function triedBy(workloadNamespace: string | undefined, endpoint: Endpoint): string {
  const chart = new Chart(Testing.app(), 'waiting', { namespace: workloadNamespace });
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  new WaitForService(web, 'wait', { endpoints: [endpoint] });
  return podSpec(web).initContainers[0].env.find((each: any) => each.name === 'step_endpoints').value;
}

test.each<[Endpoint, string]>([
  [Endpoint.tcp('db', 5432), 'tcp://db:5432'],
  [Endpoint.tcp('10.0.0.7', 1), 'tcp://10.0.0.7:1'],
  [Endpoint.tcp('fd00::7', 65535), 'tcp://[fd00::7]:65535'],
  [Endpoint.dns('queue-0.queue.'), 'dns:queue-0.queue.'],
  [Endpoint.http('https://api/healthz?x=$y'), 'https://api/healthz?x=$y'],
])('%s is tried as %s', (endpoint, address) => {
  expect(endpoint.description).toBe(address);
  expect(triedBy('shop', endpoint).split(' ')[0]).toBe(address);
});

test('a URL counts as up from 200 to 299, or with the statuses that are named', () => {
  expect(triedBy('shop', Endpoint.http('http://api/'))).toBe('http://api/');
  expect(triedBy('shop', Endpoint.http('http://api/', { statusCodes: [200, 401] }))).toBe('status=200|401,http://api/');
});

const services: [string, kplus.ServiceProps, ServiceEndpointOptions, string][] = [
  ['its only TCP port', { ports: [{ port: 53, protocol: kplus.Protocol.UDP, name: 'udp' }, { port: 80, targetPort: 8080, name: 'web' }] }, {}, 'tcp://db:80'],
  ['the port that is named', { ports: [{ port: 80, name: 'a' }, { port: 81, name: 'b' }] }, { port: 81 }, 'tcp://db:81'],
  ['a path over http', { ports: [{ port: 80 }] }, { httpPath: '/healthz' }, 'http://db:80/healthz'],
  ['the pods\' port, if it is headless', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] }, {}, 'tcp://db:8080'],
  ['the pods\' port of the port that is named, if it is headless', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] }, { port: 80 }, 'tcp://db:8080'],
  ['its external name', { type: kplus.ServiceType.EXTERNAL_NAME, externalName: 'db.example.com' }, { port: 5432 }, 'tcp://db.example.com:5432'],
];

test.each(services)('a Service is tried at %s', (_, props, options, address) => {
  const chart = new Chart(Testing.app(), 'serving', { namespace: 'shop' });
  const service = new kplus.Service(chart, 'db', { metadata: { name: 'db' }, ...props });

  expect(triedBy('shop', Endpoint.service(service, options))).toBe(address);
});

test('a Service is read when the endpoint is made: patches before count, patches behind do not', () => {
  const service = new ApiObject(new Chart(Testing.app(), 'serving'), 'db', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db' }, spec: { ports: [{ port: 5432 }] } });
  service.addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 5433));
  const endpoint = Endpoint.service(service);
  service.addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 5434));

  expect([endpoint.description, triedBy('shop', endpoint), Endpoint.service(service).description]).toEqual(['tcp://db:5433', 'tcp://db:5433', 'tcp://db:5434']);
});

test('an endpoint at which others answer is tried like any other', () => {
  const endpoint = Endpoint.http('https://api', { statusCodes: [401], caCertificate: FileSource.inline('PEM') });

  expect(endpoint.answeredByOthers().description).toBe(endpoint.description);
  expect(triedBy('shop', endpoint.answeredByOthers())).toBe(triedBy('shop', endpoint));
});

test('a Service of another namespace is named with it', () => {
  const service = new kplus.Service(new Chart(Testing.app(), 'serving', { namespace: 'data' }), 'db', { metadata: { name: 'db' }, ports: [{ port: 5432 }] });
  const endpoint = Endpoint.service(service);

  expect(endpoint.description).toBe('tcp://db.data:5432');
  expect([triedBy('shop', endpoint), triedBy('data', endpoint), triedBy(undefined, endpoint)])
    .toEqual(['tcp://db.data:5432', 'tcp://db:5432', 'tcp://db.data:5432']);
});

const namespace = 'data';
const typedPorts = { ports: [{ port: 80, targetPort: kplus.k8s.IntOrString.fromNumber(8080) }], clusterIp: 'None' };
test.each<[string, (chart: Chart) => Construct, string]>([
  ...versions.map(([version, { Service }]): [string, (chart: Chart) => Construct, string] =>
    [`a Service of cdk8s-plus-${version}`, chart => new Service(chart, 'db', { metadata: { name: 'db', namespace }, ports: [{ port: 80 }] }), 'tcp://db.data:80']),
  ['a KubeService', chart => new kplus.k8s.KubeService(chart, 'db', { metadata: { name: 'db', namespace }, spec: typedPorts }), 'tcp://db.data:8080'],
])('%s is tried by its name, from whatever workload', (_, make, address) => {
  const chart = new Chart(Testing.app(), 'serving');
  const job = new kplus.k8s.KubeJob(chart, 'job', { metadata: { namespace: 'shop' }, spec: { template: typedTemplate } });
  new WaitForService(job, 'wait', { endpoints: [Endpoint.service(make(chart))] });

  expect(job.toJson().spec.template.spec.initContainers[0].env).toContainEqual({ name: 'step_endpoints', value: address });
});

test('a Service may be any API object of that kind, also an included one', () => {
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'data' }, spec: { ports: [{ port: 5432 }] } };
  const chart = new Chart(Testing.app(), 'serving');
  const folder = mkdtempSync(join(tmpdir(), 'include-'));
  const file = join(folder, 'db.yaml');
  writeFileSync(file, JSON.stringify(manifest));
  const [included] = new Include(chart, 'included', { url: file }).apiObjects;
  rmSync(folder, { recursive: true });

  expect([new ApiObject(chart, 'db', manifest), included].map(service => Endpoint.service(service).description))
    .toEqual(['tcp://db.data:5432', 'tcp://db.data:5432']);
});
