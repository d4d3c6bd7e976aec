/**
 * Every step but `GenerateEnv`, which takes Kubernetes 1.35 (database-url.ts), the company's defaults and a step of
 * one's own. The same program stands in python/, java/ and go/ and makes the same YAML.
 */
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  AppProtocol, CloneRepository, Condition, CopyFiles, CopyFromImage, DeployOrder, DownloadArchive, DownloadConfig,
  Endpoint, ExternalObject, FileSource, FileTree, GenerateConfig, GitAuth, HttpAuth, IfPresent, InitDefaults, InitStep,
  PodFragment, PodTemplate, PrepareVolume, RunAs, SharedDirectory, Sidecar, StartupGraph, TrustCertificates,
  WaitForCondition, WaitForService,
} from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const SCRIPT = `until orders ping; do sleep 1; done
orders migrate >/reports/migration.json
`;

/** Waits for a database, brings its schema up to date, and shows the app a report. */
class MigrateSchema extends InitStep {
  constructor(scope: Construct, id: string, database: Endpoint) {
    super(scope, id, {
      image: 'orders:2.3',
      command: ['sh', '-e', '/scripts/migrate.sh'],
      files: { '/scripts/migrate.sh': FileSource.inline(SCRIPT) },
      outputFiles: { '/reports/migration.json': { path: '/app/migration.json' } },
      waitsFor: [database],
      timeout: Duration.minutes(3),
    });
  }
}

const app = new App();
const chart = new Chart(app, 'every-step', { namespace: 'orders' });
InitDefaults.set(chart, { registry: 'registry.corp.example/mirror', timeout: Duration.minutes(2) });

const orders = new kplus.Deployment(chart, 'orders', {
  containers: [{ image: 'orders:2.3' }],
  securityContext: { fsGroup: 10001 },
});
const database = Endpoint.tcp('orders-db', 5432, { appProtocol: AppProtocol.POSTGRES });
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'orders-db');

new WaitForService(orders, 'wait', {
  endpoints: [database, Endpoint.http('http://config-service/healthz')],
});
new Sidecar(orders, 'audit-agent', {
  image: 'audit-agent:1.2',
  args: ['--listen=localhost:9000'],
  startup: kplus.Probe.fromCommand(['audit-agent', 'ping'], { failureThreshold: 6 }),
  readiness: kplus.Probe.fromHttpGet('/ready', { port: 9001 }),
});
const cluster = new ExternalObject(chart, 'cluster', {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  name: 'warehouse',
  namespaceName: 'warehouse',
});
new WaitForCondition(orders, 'wait-for-warehouse', {
  conditions: [Condition.met(cluster, 'Ready')],
});
new MigrateSchema(orders, 'migrate-schema', database);
new DownloadConfig(orders, 'download-rates', {
  url: 'http://config-service/rates.json',
  path: '/app/rates.json',
});
new GenerateConfig(orders, 'app-conf', {
  template: FileSource.inline('workers = ${WORKERS}\npassword = ${PASSWORD}\n'),
  variables: {
    WORKERS: kplus.EnvValue.fromValue('8'),
    PASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }),
  },
  path: '/app/app.conf',
  mode: 0o640,
});

const pod = new PodFragment(chart, 'wiki-pod', { containers: ['wiki'] });
new GenerateConfig(pod, 'wiki-conf', {
  template: FileSource.inline('title = Wiki\n'),
  path: '/etc/wiki/wiki.conf',
});
const wiki = new ApiObject(chart, 'wiki', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' });
const values = {
  extraVolumeMounts: pod.volumeMounts('wiki'),
  extraVolumes: pod.volumes,
  initContainers: pod.initContainers,
};
wiki.addJsonPatch(JsonPatch.add('/spec', { source: { helm: { valuesObject: values } } }));

const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'reports');
const reports = new kplus.Deployment(chart, 'reports', {
  containers: [{ image: 'reports:1.4' }],
  volumes: [kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'data' })],
});
const user = RunAs.user(10001, 10001);
const data = SharedDirectory.fromVolumeName(reports, 'data', 'data');
data.mountAt('/data', { readOnly: false });
const authority = FileSource.fromConfigMap(
  kplus.ConfigMap.fromConfigMapName(chart, 'authority', 'corporate-ca'),
  'ca.crt',
);
const defaults = kplus.ConfigMap.fromConfigMapName(chart, 'defaults', 'report-defaults');
const warehouse = kplus.Secret.fromSecretName(chart, 'warehouse', 'warehouse');

new WaitForService(reports, 'wait', {
  endpoints: [
    database,
    Endpoint.tcpFrom(warehouse.envValue('host'), warehouse.envValue('port')),
    Endpoint.urlFrom(warehouse.envValue('cache-url')),
    Endpoint.http('https://ledger/health', {
      headers: { 'X-Tenant': '${TENANT}' },
      variables: { TENANT: warehouse.envValue('tenant') },
      auth: HttpAuth.basic(kplus.EnvValue.fromValue('reports'), warehouse.envValue('password')),
      caCertificate: authority,
      bodyContains: '"status":"UP"',
    }),
    Endpoint.http('https://s3.example.com/reports/ready', {
      auth: HttpAuth.awsSignature({
        accessKeyId: warehouse.envValue('key-id'),
        secretAccessKey: warehouse.envValue('key'),
        region: 'eu-central-1',
      }),
    }),
    Endpoint.dns('printers', { minAddresses: 3 }),
  ],
});
new TrustCertificates(reports, 'trust-corp', { certificates: [authority] });
new PrepareVolume(reports, 'prepare-data', {
  volume: data,
  folders: ['conf'],
  owner: user,
  mode: 0o750,
});
new GenerateConfig(reports, 'seed-conf', {
  template: FileSource.concat([
    FileSource.inline('title = Reports\n'),
    FileSource.fromConfigMap(defaults, 'reports.conf', { optional: true }),
  ]),
  directory: data,
  fileName: 'conf/reports.conf',
  ifPresent: IfPresent.KEEP,
  runAs: user,
});
new CopyFromImage(reports, 'copy-fonts', {
  image: 'fonts:3.2',
  files: { corporate: '/usr/share/fonts/corporate' },
  path: '/usr/share/fonts',
});
new DownloadArchive(reports, 'download-layouts', {
  url: 'http://config-service/layouts.tar.gz',
  stripComponents: 1,
  maxSize: Size.mebibytes(20),
  path: '/app/layouts',
});
new CloneRepository(reports, 'clone-queries', {
  url: 'https://git.corp.example/reports/queries.git',
  revision: 'v1.4',
  subdirectory: 'sql',
  auth: GitAuth.token(warehouse.envValue('token'), 'oauth2'),
  caCertificate: authority,
  maxSize: Size.mebibytes(20),
  path: '/app/queries',
});
new CloneRepository(reports, 'clone-themes', {
  url: 'git@git.corp.example:reports/themes.git',
  auth: GitAuth.sshKey(
    FileSource.fromSecret(warehouse, 'deploy-key'),
    FileSource.inline('git.corp.example ssh-ed25519 AAAA\n'),
  ),
  depth: 1,
  maxSize: Size.mebibytes(20),
  path: '/app/themes',
});
new CopyFiles(reports, 'copy-conf', {
  sources: [
    FileTree.fromConfigMap(defaults),
    FileTree.fromSecret(warehouse, { items: { password: { path: 'warehouse' } }, folder: 'keys' }),
    FileTree.fromTexts({ 'pod.conf': FileSource.inline('pod = ${POD}\n') }),
  ],
  variables: { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
  path: '/app/conf.d',
});

const imports = new ApiObject(chart, 'imports', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledJob' });
imports.addJsonPatch(JsonPatch.add('/spec', {
  jobTargetRef: { template: { spec: { containers: [{ image: 'importer:1.9', name: 'import' }] } } },
}));
const importer = new PodTemplate(imports, 'pod', { specPath: '/spec/jobTargetRef/template/spec' });
new InitStep(importer, 'migrate-imports', {
  likeContainer: 'import',
  command: ['importer', 'migrate', '--database=$(DATABASE)'],
  env: {
    DATABASE: kplus.EnvValue.fromValue('$(HOST)/imports'),
    HOST: warehouse.envValue('host'),
  },
  envFrom: [kplus.Env.fromConfigMap(defaults, 'IMPORT_')],
  workingDir: '/srv/importer',
  expandVariables: true,
  retryInterval: Duration.seconds(5),
  attemptTimeout: Duration.seconds(30),
  finalExitCodes: [3],
});
StartupGraph.of(app).annotate(DeployOrder.ARGO_CD);
app.synth();
