import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podSpecIn } from './pod-spec';

/** A deployment `shop/web` with one container, `main`. */
export function deployment(props: kplus.DeploymentProps = { containers: [{ image: 'my-app:1.0' }] }): kplus.Deployment {
  return new kplus.Deployment(new Chart(Testing.app(), 'shop'), 'web', props);
}

/** The pod spec that a workload of any kind synthesizes to. */
export function podSpec(workload: kplus.AbstractPod): any {
  const chart = App.of(workload).node.findAll().find(node => node instanceof Chart) as Chart;
  return podSpecIn(chart.toJson().find(({ metadata }) => metadata.name === workload.name));
}
