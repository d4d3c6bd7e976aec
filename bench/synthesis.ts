/** What the library costs at synth, beside the same objects written by hand in cdk8s-plus-28. */
import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { ApiObject, App, Chart, JsonPatch, Size, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { median } from './measure';
import type { Table } from './report';
import {
  Endpoint, FileSource, GenerateConfig, InitDefaults, Programs, WaitForService,
} from '../lib';
import { generateConfig, waitForService } from '../lib/programs';

const FILES = { 'upstream.conf': 'upstream = ${UPSTREAM}\n' };
interface Sizes {
  readonly workloads: number;
  readonly charts: number;
  /** Where the programs of this library stand; by hand they are always in the pod template. */
  readonly programs?: Programs;
}

const SIZES: readonly Sizes[] = [
  { workloads: 300, charts: 1 },
  { workloads: 1000, charts: 1 },
  { workloads: 3000, charts: 1 },
  { workloads: 1000, charts: 100 },
  { workloads: 1000, charts: 1, programs: Programs.CONFIG_MAP },
];
const PAIRS = 7;

/** Of so many workloads the two sides are compared. */
const COMPARED = 2;

/** A web server with its Service and its ConfigMap, to which two steps are added. */
function web(chart: Chart, index: number): { deployment: kplus.Deployment; templates: kplus.ConfigMap } {
  const deployment = new kplus.Deployment(chart, `web-${index}`, {
    metadata: { name: `web-${index}` },
    containers: [{
      name: 'nginx',
      image: 'nginx:1.27',
      portNumber: 80,
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
    }],
  });
  deployment.exposeViaService({ name: `web-${index}` });
  const metadata = { name: `templates-${index}` };
  return { deployment, templates: new kplus.ConfigMap(chart, `templates-${index}`, { metadata, data: FILES }) };
}

function withLibrary(chart: Chart, index: number): void {
  const { deployment, templates } = web(chart, index);
  new WaitForService(deployment, 'wait-for-db', { endpoints: [Endpoint.tcp('my-database-service', 5432)] });
  new GenerateConfig(deployment, 'generate-config', {
    template: FileSource.fromConfigMap(templates, 'upstream.conf'),
    variables: { UPSTREAM: kplus.EnvValue.fromValue('api') },
    path: '/etc/nginx/conf.d/upstream.conf',
  });
}

const common = {
  image: 'docker.io/library/busybox:1.37.0-glibc'
    + '@sha256:efa394a68601344526b8934cf3d5b11a04041db5f2b7f216fd7d37b445f88df5',
  imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
  securityContext: {
    user: 65534,
    group: 65534,
    ensureNonRoot: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  },
};
const WAIT = waitForService({
  schemes: new Set(['tcp']), severalAddresses: true, single: true, inARow: false, slow: false,
}).text;
const GENERATE = generateConfig({
  template: 'file', variables: true, encodings: true, keepUndeclared: false,
}).text;
const resources = () => ({
  cpu: { request: kplus.Cpu.millis(10), limit: kplus.Cpu.millis(500) },
  memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
});
const env = (values: { [name: string]: string }) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)]));

function byHand(chart: Chart, index: number): void {
  const { deployment, templates } = web(chart, index);
  deployment.addInitContainer({
    ...common,
    name: 'wait-for-db',
    command: ['sh', '-c', WAIT],
    args: ['wait-for-db'],
    resources: resources(),
    envVariables: env({
      step_attempt_timeout: '4',
      step_endpoints: 'tcp://my-database-service:5432',
      step_poll_interval: '10',
      step_timeout: '660',
    }),
  });
  const volume = kplus.Volume.fromEmptyDir(deployment, 'generate-config-files', 'generate-config-files', {
    sizeLimit: Size.mebibytes(64),
  });
  const template = kplus.Volume.fromConfigMap(deployment, 'generate-config-template', templates, {
    name: 'generate-config-template', items: { 'upstream.conf': { path: 'upstream.conf' } },
  });
  deployment.addInitContainer({
    ...common,
    name: 'generate-config',
    command: ['sh', '-c', GENERATE],
    args: ['generate-config'],
    resources: resources(),
    envVariables: env({
      step_destination: '/out/upstream.conf',
      step_mode: '0644',
      step_template_file: '/in/template',
      step_variables: 'UPSTREAM',
      var_UPSTREAM: 'api',
    }),
    volumeMounts: [
      { path: '/out', volume },
      { path: '/in/template', volume: template, subPath: 'upstream.conf', readOnly: true },
    ],
  });
  const [nginx] = deployment.containers;
  nginx.mount('/etc/nginx/conf.d/upstream.conf', volume, { subPath: 'upstream.conf', readOnly: true });
  // cdk8s-plus-28 has no property for it.
  ApiObject.of(deployment).addJsonPatch(...[0, 1].map(step => JsonPatch.add(
    `/spec/template/spec/initContainers/${step}/terminationMessagePolicy`,
    'FallbackToLogsOnError',
  )));
}

type Build = (chart: Chart, index: number) => void;

/** Milliseconds of CPU from nothing to files, and what stands in the first one. */
function synthesized(
  build: Build,
  { workloads, charts, programs }: Sizes,
): { time: number; manifests: object[] } {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  try {
    const since = process.cpuUsage();
    const app = new App({ outdir });
    if (programs !== undefined && build === withLibrary) InitDefaults.set(app, { programs });
    for (let chart = 0; chart < charts; chart++) {
      const scope = new Chart(app, `chart-${chart}`);
      for (let index = 0; index < workloads / charts; index++) build(scope, index);
    }
    app.synth();
    const { user, system } = process.cpuUsage(since);
    const time = (user + system) / 1000;
    const manifests = workloads > COMPARED ? [] : Yaml.load(join(outdir, readdirSync(outdir)[0]));
    return { time, manifests };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function nameOf({ workloads, charts, programs }: Sizes): string {
  if (programs !== undefined) return `${workloads}, programs in ConfigMaps`;
  return charts === 1 ? `${workloads}` : `${workloads} in ${charts} charts`;
}

export async function synthesis(): Promise<Table> {
  const compared = { workloads: COMPARED, charts: 1 };
  const [ours, theirs] = [withLibrary, byHand].map(build => synthesized(build, compared).manifests);
  if (!isDeepStrictEqual(ours, theirs)) {
    throw new Error(`The two sides differ:\n${Yaml.stringify(...ours)}\n${Yaml.stringify(...theirs)}`);
  }
  for (const build of [withLibrary, byHand, withLibrary, byHand]) synthesized(build, { workloads: 1000, charts: 1 });
  const rows = SIZES.map(size => {
    const { workloads } = size;
    const pairs = Array.from({ length: PAIRS }, (_, index) => {
      const order = index % 2 === 0 ? [withLibrary, byHand] : [byHand, withLibrary];
      const times = new Map(order.map(build => [build, synthesized(build, size).time]));
      return [times.get(withLibrary)!, times.get(byHand)!];
    });
    const [library, hand] = [0, 1].map(side => median(pairs.map(pair => pair[side])));
    const ratio = median(pairs.map(([a, b]) => a / b));
    return [
      nameOf(size),
      `${library.toFixed(0)} ms`,
      `${hand.toFixed(0)} ms`,
      `${ratio.toFixed(2)} ×`,
      `${(library / workloads).toFixed(2)} ms`,
    ];
  });
  return {
    title: 'Synthesis',
    text: 'Deployments with a Service, a ConfigMap, a wait and a generated file, from nothing to files, '
      + 'beside the same manifests written by hand in cdk8s-plus-28. '
      + `CPU time of a warm process, median of ${PAIRS} pairs. `
      + 'Wanted: at most 1.10 ×, 1.15 × in 100 charts, and growth linear.',
    wanted: [{ of: /^\d+$/, column: 3, is: 1.1 }, { of: /charts/, column: 3, is: 1.15 }],
    head: ['workloads', 'this library', 'by hand', 'ratio', 'this library, per workload'],
    rows,
  };
}
