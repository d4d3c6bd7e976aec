import { join } from 'path';
import { App, Chart, Duration, Include, Testing, type ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podSpecIn } from './pod-spec';
import { NO_WORKLOAD } from './refusals';
import {
  DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, StartupGraph, WaitForService,
} from '../src';

/** The objects of wide-mix.yaml, in a chart of their namespace. */
function mix(): { chart: Chart; find: (kind: string, name?: string) => ApiObject } {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const { apiObjects } = new Include(chart, 'mix', { url: join(__dirname, 'wide-mix.yaml') });
  const find = (kind: string, name?: string) =>
    apiObjects.find(each => each.kind === kind && (name === undefined || each.name === name))!;
  return { chart, find };
}

function wait(workload: ApiObject, ...endpoints: Endpoint[]): void {
  new WaitForService(workload, 'wait', { endpoints });
}

/** All that is said of an app, in the order in which it is said. */
function said(chart: Chart): string[] {
  const findings = StartupGraph.of(App.of(chart)).findings();
  return findings.map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const template = FileSource.inline('x');
const claim = { name: 'backup' } as kplus.IPersistentVolumeClaim;
const settings = { name: 'web-settings' } as kplus.IConfigMap;

test('steps on a wide mix of what people apply are taken, and exactly what is doubtful is said', () => {
  const { chart, find } = mix();
  wait(find('Deployment', 'web'),
    Endpoint.service(find('Service', 'db')), Endpoint.tcp('database-2.db.shop', 5432), Endpoint.tcp('orders-rw', 5432),
    Endpoint.http('http://api.shop.svc/healthz'), Endpoint.service(find('Service', 'mail'), { port: 25 }));
  new GenerateConfig(find('Deployment', 'web'), 'settings', { template, path: '/etc/web.conf' });
  wait(find('Job'), Endpoint.tcp('db', 5432));
  wait(find('CronJob'), Endpoint.tcp('DB.shop.svc.cluster.local.', 5432), Endpoint.tcp('postgress', 5432));
  wait(find('Rollout'), Endpoint.tcp('legacy', 80), Endpoint.tcp('api-canary', 80).answeredByOthers());
  new DownloadConfig(find('Rollout'), 'download', { url: 'http://prices-predictor/model.json', path: '/model.json' });
  new GenerateConfig(find('Service', 'thumbnails'), 'settings', { template, path: '/etc/thumbnails.conf' });
  wait(find('Service', 'thumbnails'), Endpoint.http('http://prices-predictor/v1/models/prices'));
  wait(find('DeploymentConfig'), Endpoint.tcp('orders-rw.shop', 5432));
  wait(find('DaemonSet'), Endpoint.tcp('lgeacy', 80), Endpoint.tcp('db', 5432));
  new InitStep(find('StatefulSet'), 'restore', {
    command: ['restore'],
    writes: { '/data': kplus.Volume.fromPersistentVolumeClaim(chart, 'v', claim, { name: 'backup' }) },
    reads: { '/in': kplus.Volume.fromConfigMap(chart, 'c', settings, { name: 'settings' }) },
    timeout: Duration.minutes(30),
  });

  const agent = "warning shop/mix/agent-daemonset-shop waits in step 'wait' for";
  expect(said(chart)).toEqual([
    "warning shop/mix/web-deployment-shop waits in step 'wait' for http://api.shop.svc/healthz, "
    + 'but shop/mix/api-rollout-shop (argocd.argoproj.io/sync-wave: 2) is applied after '
    + 'shop/mix/web-deployment-shop (no hook, no sync wave) is up',
    `${agent} tcp://lgeacy:80, but no Service of this app is called lgeacy. `
    + 'Did you mean legacy, which is Service shop/mix/legacy-service-shop?',
    `${agent} tcp://db:5432, but with hostNetwork and dnsPolicy ClusterFirst `
    + 'its pods ask the name servers of their node, which do not know Services',
    "warning shop/mix/web-deployment-shop waits in step 'wait' for tcp://db:5432, "
    + 'but with sidecar.istio.io/inject: true a proxy of a service mesh accepts connections in its place',
    "warning shop/mix/object0-job-shop waits in step 'wait' for tcp://db:5432, "
    + 'but with istio-injection: enabled on its Namespace a proxy of a service mesh accepts connections in its place, '
    + 'as for shop/mix/report-cronjob-shop, shop/mix/api-rollout-shop and shop/mix/legacy-deploymentconfig-shop',
  ]);
  const initContainers = Testing.synth(chart).flatMap(manifest =>
    (podSpecIn(manifest)?.initContainers ?? []).map(({ name }: any) => `${manifest.kind} ${name}`));
  expect(initContainers).toEqual([
    'Deployment wait', 'Deployment settings', 'StatefulSet restore', 'Job wait', 'CronJob wait',
    'Rollout own', 'Rollout wait', 'Rollout download', 'Service settings', 'Service wait', 'DeploymentConfig wait',
    'DaemonSet wait',
  ]);
});

test('what cannot be a step, or cannot be where it is, is refused where it is written', () => {
  const { chart, find } = mix();
  const web = find('Deployment', 'web');
  const data = kplus.Volume.fromEmptyDir(chart, 'data', 'settings');
  const refused = (make: () => unknown) => {
    try {
      make();
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };

  expect([
    () => wait(find('Deployment', 'printer'), Endpoint.tcp('db', 5432)),
    () => wait(find('InferenceService'), Endpoint.tcp('db', 5432)),
    () => wait(find('List'), Endpoint.tcp('db', 5432)),
    () => new GenerateConfig(web, 'conf', { template, path: '/etc/web/more.conf' }),
    () => new InitStep(web, 'migrate', { command: ['migrate'], writes: { '/data': data } }),
    () => wait(web, Endpoint.service(find('Job'))),
  ].map(refused)).toEqual([
    "WaitForService: 'scope' must be a workload for Linux, got shop/mix/printer-deployment-shop, which is for Windows; "
    + 'steps are Linux containers [shop/mix/printer-deployment-shop/wait]',
    `WaitForService: ${NO_WORKLOAD}, got ApiObject 'shop/mix/prices-inferenceservice-shop'; `
    + "write new PodTemplate(object, 'pod', { specPath: '/spec/predictor' }), and name that "
    + '[shop/mix/prices-inferenceservice-shop/wait]',
    `WaitForService: ${NO_WORKLOAD}, got ApiObject 'shop/mix/object1-list'; `
    + 'make an ApiObject of each of its items, and name the one with the pod template [shop/mix/object1-list/wait]',
    'GenerateConfig: \'path\' must not lie below a read-only mount in container \'web\', got "/etc/web/more.conf"; '
    + "volume 'settings' is mounted at /etc/web, and no mount point can be made below a read-only mount "
    + '[shop/mix/web-deployment-shop/conf]',
    'Volume: \'name\' must be free in shop/mix/web-deployment-shop, got "settings"; '
    + 'the pod has another volume of that name [shop/data]',
    "Endpoint: 'service' must be a Service, got ApiObject 'shop/mix/object0-job-shop'; nothing answers for a Job once "
    + 'it has ended: use a WaitForCondition with Condition.completed(job) [shop/mix/object0-job-shop]',
  ]);
});

test('what can never start is refused, and nothing else', () => {
  const { chart, find } = mix();
  const endpoints = [Endpoint.tcp('web', 80), Endpoint.tcp('db-0.db', 5432), Endpoint.tcp('localhost', 80)];
  wait(find('Deployment', 'web'), ...endpoints);
  wait(find('Rollout'), Endpoint.tcp('web', 8080));
  wait(find('StatefulSet'), Endpoint.tcp('database-3.db', 5432));
  new InitStep(find('CronJob'), 'read', {
    command: ['read'],
    files: { '/app.conf': FileSource.fromConfigMap(settings, 'app.conf') },
  });

  const web = "error shop/mix/web-deployment-shop waits in step 'wait' for";
  const database = "error shop/mix/database-statefulset-shop waits in step 'wait' for tcp://database-3.db:5432, ";
  expect(said(chart)).toEqual([
    `${web} tcp://db-0.db:5432, but no pod of shop/mix/database-statefulset-shop is called db-0: `
    + 'they are database-0 to database-2',
    `${web} tcp://localhost:80, its own pod, in which nothing answers before the steps have ended`,
    `${database}but no pod of shop/mix/database-statefulset-shop is called database-3: `
    + 'they are database-0 to database-2',
    "error shop/mix/api-rollout-shop waits in step 'wait' for tcp://web:8080, "
    + 'but Service shop/mix/web-service-shop has only 80',
    'error shop/mix/report-cronjob-shop reads key app.conf of ConfigMap shop/mix/web-settings-configmap-shop '
    + "in step 'read', but that has only web.conf",
    `${web} tcp://web:80, a Service of its own pods, which are not ready before the step has ended`,
    `${database}a Service of its own pods, which are not ready before the step has ended`,
    "warning shop/mix/web-deployment-shop waits in step 'wait' for tcp://web:80, "
    + 'but with sidecar.istio.io/inject: true a proxy of a service mesh accepts connections in its place',
    "warning shop/mix/database-statefulset-shop waits in step 'wait' for tcp://database-3.db:5432, "
    + 'but with istio-injection: enabled on its Namespace a proxy of a service mesh accepts connections in its place, '
    + 'as for shop/mix/api-rollout-shop',
  ]);
});
