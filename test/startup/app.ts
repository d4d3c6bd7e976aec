import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
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

/** Whom a workload waits for, as the plain text names it. */
export function awaitedBy(workload: kplus.AbstractPod): string[] {
  return /, after (.*)$/m.exec(StartupGraph.of(workload).toText())![1].split(/, | and /);
}

/** Why the synthesis refuses an app. */
export function refusal(...texts: string[]): Error {
  return new Error(`Validation failed with the following errors:\n${texts.map(each => `  ${each}`).join('\n')}`);
}
