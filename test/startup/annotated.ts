import { App, Testing, type Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { chartIn, serve, wait } from './app';
import { DeployOrder, Endpoint, StartupGraph } from '../../src';

export const WAVE = 'argocd.argoproj.io/sync-wave';

export interface Annotations {
  readonly [name: string]: string;
}

export const containers = [{ image: 'my-app:1.0', portNumber: 8080 }];

/** The annotation of a wave. */
export function wave(number: number): Annotations {
  return { [WAVE]: `${number}` };
}

/** What the annotations of each object of a chart are, by kind and name, where it has some. */
export function annotationsIn(chart: Chart): { [object: string]: Annotations } {
  return Object.fromEntries(Testing.synth(chart)
    .filter(({ metadata }) => metadata.annotations)
    .map(({ kind, metadata: { name, annotations } }) => [`${kind} ${name}`, annotations]));
}

/** The same after the app of the chart was annotated. */
export function annotate(chart: Chart, order = DeployOrder.ARGO_CD): { [object: string]: Annotations } {
  StartupGraph.of(App.of(chart)).annotate(order);
  return annotationsIn(chart);
}

/** A Deployment of this name with a Service, which waits for those of others. */
export function app(
  chart: Chart,
  name: string,
  awaited: readonly string[] = [],
  annotations?: Annotations,
): kplus.Deployment {
  const { deployment } = serve(chart, name, { metadata: { name, annotations } });
  for (const each of awaited) wait(deployment, each, Endpoint.tcp(each, 80));
  return deployment;
}

/** A chart of three apps, of which each waits for the one before. */
export function shop(annotations: { readonly [name: string]: Annotations } = {}): Chart {
  const chart = chartIn('shop');
  app(chart, 'db', [], annotations.db);
  app(chart, 'api', ['db'], annotations.api);
  app(chart, 'web', ['api', 'db'], annotations.web);
  return chart;
}
