import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/** A deployment `shop/web` with one container, `main`. */
export function deployment(props: kplus.DeploymentProps = { containers: [{ image: 'my-app:1.0' }] }): kplus.Deployment {
  return new kplus.Deployment(new Chart(Testing.app(), 'shop'), 'web', props);
}

/** The pod spec that a workload of any kind synthesizes to. */
export function podSpec(workload: kplus.AbstractPod): any {
  const manifest = (App.of(workload).node.findAll().find(node => node instanceof Chart) as Chart).toJson()
    .find(each => each.metadata.name === workload.name);
  return manifest.spec.jobTemplate?.spec.template.spec ?? manifest.spec.template?.spec ?? manifest.spec;
}
