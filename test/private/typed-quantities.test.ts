import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GenerateConfig, FileSource, InitStep, SharedDirectory } from '../../src';
import { podSpecIn } from '../pod-spec';

type Map = (json: any) => any;

/** A custom resource of a class that maps its init containers and volumes as its schema has them. */
function cloneSet(mapContainer: Map, mapVolume: Map): ApiObject {
  class CloneSet extends ApiObject {
    public toJson(): any {
      const manifest = super.toJson();
      const { spec } = manifest.spec.template;
      const initContainers = spec.initContainers?.map(mapContainer);
      const volumes = spec.volumes?.map(mapVolume);
      return { ...manifest, spec: { template: { spec: { ...spec, initContainers, volumes } } } };
    }
  }
  const spec = { template: { spec: { containers: [{ name: 'app' }] } } };
  const props = { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet', spec };
  return new CloneSet(new Chart(Testing.app(), 'shop'), 'web', props);
}

const asItIs: Map = json => json;
const valuesOf = (quantities: object) =>
  Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, quantity?.value]));

const typedLimits: Map = container => ({
  ...container,
  resources: { ...container.resources, limits: valuesOf(container.resources.limits) },
});
const typedRequests: Map = container => ({
  ...container,
  resources: { ...container.resources, requests: valuesOf(container.resources.requests) },
});
const typedDivisor: Map = container => ({
  ...container,
  env: container.env?.map(({ name, value, valueFrom }: any) => {
    const { resourceFieldRef } = valueFrom ?? {};
    return resourceFieldRef
      ? { name, valueFrom: { resourceFieldRef: { ...resourceFieldRef, divisor: resourceFieldRef.divisor?.value } } }
      : { name, value };
  }),
});
const typedSize: Map = volume => ({ ...volume, emptyDir: { sizeLimit: volume.emptyDir.sizeLimit?.value } });

function withStep(web: ApiObject): any {
  new GenerateConfig(web, 'generate', {
    template: FileSource.inline('${CPUS}'),
    variables: {
      CPUS: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, {
        container: new kplus.Container({ name: 'app', image: 'x' }),
        divisor: '1m',
      }),
    },
    directory: new SharedDirectory(web, 'files', { sizeLimit: Size.mebibytes(2) }),
    resources: {
      cpu: { request: kplus.Cpu.millis(5), limit: kplus.Cpu.millis(50) },
      memory: { request: Size.mebibytes(16), limit: Size.mebibytes(32) },
      ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(2) },
    },
  });
  return podSpecIn(Testing.synth(Chart.of(web))[0]);
}

test.each<[string, Map, Map]>([
  ['none', asItIs, asItIs],
  ['limits alone', typedLimits, asItIs],
  ['requests alone', typedRequests, asItIs],
  ['divisors alone', typedDivisor, asItIs],
  ['sizes alone', asItIs, typedSize],
  ['all of them', container => typedLimits(typedRequests(typedDivisor(container))), typedSize],
])('quantities are kept in an object of a class that types %s', (_, mapContainer, mapVolume) => {
  const { initContainers: [{ env, resources }], volumes } = withStep(cloneSet(mapContainer, mapVolume));

  expect(resources).toEqual({
    requests: { 'cpu': '5m', 'memory': '16Mi', 'ephemeral-storage': '1Gi' },
    limits: { 'cpu': '50m', 'memory': '32Mi', 'ephemeral-storage': '2Gi' },
  });
  expect(env.find(({ name }: any) => name === 'var_CPUS').valueFrom.resourceFieldRef.divisor).toBe('1m');
  expect(volumes).toEqual([{ name: 'files', emptyDir: { sizeLimit: '2Mi' } }]);
});

const without = (field: string): Map => ({ [field]: _, ...rest }) => rest;

test.each<[string, ApiObject, string]>([
  ['a field of containers',
    cloneSet(({ securityContext: { seccompProfile, ...securityContext } = {} as any, ...container }) =>
      ({ ...container, securityContext }), asItIs),
    'initContainers.securityContext.seccompProfile.type'],
  ['a field of volumes', cloneSet(asItIs, without('emptyDir')), 'volumes.emptyDir.sizeLimit'],
])('an object of a class whose schema lacks %s is refused by its name', (_, web, field) => {
  const writes = { '/out': new SharedDirectory(web, 'files') };

  expect(() => new InitStep(web, 'step', { command: ['true'], writes })).toThrow(new Error(
    `CloneSet: its class, which cdk8s import made, does not write ${field}; `
    + 'make it as an ApiObject, or import a schema that knows all of pods [shop/web]'));
  expect(podSpecIn(web.toJson())).toEqual({ containers: [{ name: 'app' }] });
});
