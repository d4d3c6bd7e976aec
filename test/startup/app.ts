import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { Endpoint, StartupGraph, WaitForService } from '../../src';

/** A deployment with a Service of its name, port 80. */
export interface Served {
  readonly deployment: kplus.Deployment;
  readonly service: kplus.Service;
}

export function serve(chart: Chart, name: string, props: kplus.DeploymentProps = {}): Served {
  const containers = [{ image: 'my-app:1.0', portNumber: 8080 }];
  const deployment = new kplus.Deployment(chart, name, { containers, ...props });
  return { deployment, service: deployment.exposeViaService({ name, ports: [{ port: 80, targetPort: 8080 }] }) };
}

/** A chart of a namespace, in an app of its own. */
export function chartIn(namespace?: string, app: App = Testing.app(), id = namespace ?? 'shop'): Chart {
  return new Chart(app, id, { namespace });
}

/** Has a workload wait for at most two minutes in a step `wait-for-<id>`. */
export function wait(web: kplus.AbstractPod, id: string, ...endpoints: Endpoint[]): void {
  new WaitForService(web, `wait-for-${id}`, { endpoints, timeout: Duration.minutes(2) });
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec: object;
}

/** A Service of the core API as it stands in YAML. */
export function serviceOf(name: string, spec: object, namespace?: string): Manifest {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

/** Labels of a pod, or of those that a Service selects. */
export interface Labels {
  readonly [label: string]: string;
}

/**
 * A chart whose deployment `shop/web` waits for a Service with this selector, beside a `shop/db` with
 * these labels.
 */
export function selecting(selector: Labels, labels: Labels, endpoint = Endpoint.tcp('db', 80)): Chart {
  const chart = chartIn('shop');
  new ApiObject(chart, 'service', serviceOf('db', { selector, ports: [{ port: 80 }] }));
  new kplus.Deployment(chart, 'db', {
    containers: [{ image: 'postgres:17' }],
    podMetadata: { labels },
  });
  wait(serve(chart, 'web').deployment, 'db', endpoint);
  return chart;
}

/** What a workload is to have beside what every workload has. */
export interface Shape {
  readonly apiVersion?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly spec?: object;
  readonly podSpec?: object;
}

const API_VERSIONS: { [kind: string]: string | undefined } = {
  Pod: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
  DeploymentConfig: 'apps.openshift.io/v1',
};

/** A workload as it stands in YAML, whose pods have the label `app` with its name. */
export function workloadIn(chart: Chart, kind: string, name: string, shape: Shape = {}): ApiObject {
  const { labels = { app: name }, annotations, spec, podSpec } = shape;
  const apiVersion = shape.apiVersion ?? API_VERSIONS[kind] ?? 'apps/v1';
  const pod = { containers: [{ name: 'app', image: 'my-app:1.0' }], ...podSpec };
  const template = { metadata: { labels }, spec: pod };
  if (kind === 'Pod') {
    return new ApiObject(chart, name, { apiVersion, kind, metadata: { name, annotations, labels }, spec: pod });
  }
  return new ApiObject(chart, name, {
    apiVersion,
    kind,
    metadata: { name, annotations },
    spec: { ...spec, ...(kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template }) },
  });
}

/** A Service of one port, 80. */
export function serviceIn(chart: Chart, name: string, selector: Labels, spec: object = {}): ApiObject {
  return new ApiObject(chart, `${name}-service`, serviceOf(name, { selector, ports: [{ port: 80 }], ...spec }));
}

/** Has a workload wait for at most two minutes in a step `wait`. */
export function waitIn(scope: ApiObject, ...endpoints: Endpoint[]): ApiObject {
  new WaitForService(scope, 'wait', { endpoints, timeout: Duration.minutes(2) });
  return scope;
}

/** A Deployment `web` that waits. */
export function webThatWaits(chart: Chart, ...endpoints: Endpoint[]): ApiObject {
  return waitIn(workloadIn(chart, 'Deployment', 'web'), ...endpoints);
}

/** All findings of an app, each in one text. */
export function said(chart: Chart): string[] {
  return StartupGraph.of(chart.node.root).findings()
    .map(({ severity, path, message, remedy }) => `${severity} [${path}] ${message}; ${remedy}`);
}

/** The way out of what the graph takes for a mistake. */
export const ELSEWHERE = 'or write .answeredByOthers() behind the endpoint '
  + 'if something answers there that this program does not make';

/** Whom a workload waits for, as the plain text names it. */
export function awaitedBy(workload: IConstruct): string[] {
  return /, after (.*)$/m.exec(StartupGraph.of(workload).toText())![1].split(/, | and /);
}

/** Why the synthesis refuses an app. */
export function refusal(...texts: string[]): Error {
  return new Error(`Validation failed with the following errors:\n${texts.map(each => `  ${each}`).join('\n')}`);
}
