import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { podSpec } from './workload';
import { Endpoint, WaitForService } from '../src';

/** What one endpoint looks like in `step_endpoints`, of which a program takes each word for one. */
const ENDPOINT = /^(tcp:\/\/(\[[0-9a-f:.]+\]|[a-z0-9_.-]+):\d+|(status=[0-9|]+,)?http:\/\/[\x21-\x7e]+)$/i;

const nasty = fc.array(fc.oneof(
  fc.constantFrom('db', 'a.b', '\n', ' ', ',', '$(reboot)', '`id`', ';', '"', "'", '|', '*', 'ca=/x,', '\0'),
  fc.constantFrom('${Token[', ']}', '${Token[TOKEN.1]}', '::', '[::1]'),
  fc.string({ maxLength: 3 }),
), { minLength: 1, maxLength: 4 }).map(pieces => pieces.join(''));
const maybeNasty = fc.option(nasty, { nil: undefined });
const port = fc.oneof(fc.integer({ min: -5, max: 70_000 }), nasty) as fc.Arbitrary<number>;
const httpPath = fc.option(nasty.map(path => `/${path}`), { nil: undefined });

/** The endpoints that the program of a wait for a Service is told of; nothing where the Service is refused in words. */
function endpointsOf(manifest: object, options: object): string | undefined {
  const chart = new Chart(Testing.app(), 'shop');
  const service = new ApiObject(chart, 'service', { apiVersion: 'v1', kind: 'Service', ...manifest } as any);
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'my-app:1.0' }] });
  let endpoint: Endpoint;
  try {
    endpoint = Endpoint.service(service, options);
  } catch (error) {
    expect(String(error)).toMatch(/^Error: Endpoint: /);
    return undefined;
  }
  new WaitForService(web, 'wait', { endpoints: [endpoint.answeredByOthers()] });
  const { value } = podSpec(web).initContainers[0].env.find(({ name }: any) => name === 'step_endpoints');
  return value.replace(/\$\{Token\[[-A-Za-z0-9_.:]+\.\d+\]\}/g, '1');
}

function messageOf(make: () => unknown): string | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const inForm = (endpoints: string | undefined) => endpoints === undefined || ENDPOINT.test(endpoints);

test('whatever is in the manifest of a Service, a program is told of one endpoint, or the Service is refused', () => {
  fc.assert(fc.property(nasty, maybeNasty, port, httpPath, (name, namespace, number, path) => {
    const manifest = { metadata: { name, namespace }, spec: { ports: [{ port: number }] } };
    expect(inForm(endpointsOf(manifest, { httpPath: path }))).toBe(true);
  }), { numRuns: 500 });
});

test('whatever external name a Service has, a program is told of one endpoint, or the Service is refused', () => {
  fc.assert(fc.property(nasty, maybeNasty, (externalName, namespace) => {
    const manifest = { metadata: { name: 'alias', namespace }, spec: { type: 'ExternalName', externalName } };
    expect(inForm(endpointsOf(manifest, { port: 80 }))).toBe(true);
  }), { numRuns: 500 });
});

test('what is refused is quoted as it was written but for a password, whatever tokens are in it', () => {
  const withToken = fc.tuple(nasty, nasty).map(([before, behind]) => `${before}\${Token[TOKEN.1]}${behind}`);
  const makers = [
    (text: string) => Endpoint.tcp(text, 80),
    (text: string) => Endpoint.dns(text),
    (text: string) => Endpoint.http(text),
    (text: string) => Endpoint.http(`http://${text}`),
  ];

  fc.assert(fc.property(withToken, fc.constantFrom(...makers), (text, make) => {
    const message = messageOf(() => make(text));
    expect(message ?? text).toMatch(/Token\[TOKEN\.1\]|\.\.\.|:…@|must hold no character/);
  }), { numRuns: 500 });
});

test('an address as the external name of a Service is refused', () => {
  const spec = { type: 'ExternalName', externalName: '::1' };

  expect(endpointsOf({ metadata: { name: 'alias' }, spec }, { port: 80 })).toBeUndefined();
});

test('a line break in the external name of a Service is refused', () => {
  const spec = { type: 'ExternalName', externalName: 'a\n$(reboot)' };

  expect(endpointsOf({ metadata: { name: 'alias' }, spec }, { port: 80 })).toBeUndefined();
});

test('what only looks like a token in the external name of a Service is refused', () => {
  const spec = { type: 'ExternalName', externalName: '${Token[0]}' };

  expect(endpointsOf({ metadata: { name: 'alias' }, spec }, { port: 80 })).toBeUndefined();
});
