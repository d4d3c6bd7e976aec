import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Endpoint, StartupGraph, WaitForService } from '../../src';

/** A deployment with a Service of its name, port 80. */
export interface Served {
  readonly deployment: kplus.Deployment;
  readonly service: kplus.Service;
}

export function serve(chart: Chart, name: string, props: kplus.DeploymentProps = {}): Served {
  const deployment = new kplus.Deployment(chart, name, { containers: [{ image: 'my-app:1.0', portNumber: 8080 }], ...props });
  return { deployment, service: deployment.exposeViaService({ name, ports: [{ port: 80, targetPort: 8080 }] }) };
}

/** A chart of a namespace, in an app of its own. */
export function chartIn(namespace: string | undefined = undefined, app: App = Testing.app(), id = namespace ?? 'shop'): Chart {
  return new Chart(app, id, { namespace });
}

/** Has a workload wait in a step `wait-for-<id>`. */
export function wait(web: kplus.AbstractPod, id: string, ...endpoints: Endpoint[]): void {
  new WaitForService(web, `wait-for-${id}`, { endpoints });
}

/** A Service of the core API as it stands in YAML. */
export function serviceOf(name: string, spec: object, namespace?: string): { apiVersion: string; kind: string; metadata: object; spec: object } {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

/** Whom a workload waits for, as the plain text names it. */
export function awaitedBy(workload: kplus.AbstractPod): string[] {
  return /, after (.*)$/m.exec(StartupGraph.of(workload).toText())![1].split(/, | and /);
}

/** Why the synthesis refuses an app. */
export function refusal(...texts: string[]): Error {
  return new Error(`Validation failed with the following errors:\n${texts.map(each => `  ${each}`).join('\n')}`);
}
