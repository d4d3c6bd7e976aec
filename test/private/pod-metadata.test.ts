import { ApiObject, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { podOf } from '../../src/private/pod/workload-pod';
import { cdk8sPlusVersions } from '../workload-kinds';

const metadata = { name: 'web', annotations: { 'helm.sh/hook': 'test' } };
const podMetadata = { annotations: { 'linkerd.io/inject': 'enabled' } };
const containers = [{ image: 'my-app:1.0' }];

/** What is known of a workload before and after it was rendered for a JSON patch that changes nothing. */
function known(workload: kplus.AbstractPod) {
  const [read, rendered] = [0, 1].map(() => {
    const { labels, ...others } = podOf(workload)!.finished().metadata();
    ApiObject.of(workload).addJsonPatch(JsonPatch.replace('/metadata/name', 'web'));
    return { labels: { ...labels }, ...others };
  });
  return { read, rendered };
}

describe.each(cdk8sPlusVersions)('of a workload of cdk8s-plus-%s', (_, { Deployment, StatefulSet, Service, Pod }) => {
  const chart = () => new Chart(Testing.app(), 'shop', { namespace: 'shop' });

  test('what decides who answers is the same as in its manifest', () => {
    const dns = { policy: kplus.DnsPolicy.DEFAULT };
    const progressDeadline = Duration.minutes(20);
    const scope = chart();
    const service = new Service(scope, 'peers', { ports: [{ port: 80 }] });
    const deployment = known(new Deployment(scope, 'web', {
      metadata, podMetadata, containers, replicas: 0, progressDeadline, hostNetwork: true, dns,
    }));
    const set = known(new StatefulSet(scope, 'set', { metadata, containers, service, replicas: 3 }));
    const pod = known(new Pod(scope, 'pod', { metadata, containers }));

    expect(deployment.read).toEqual({
      name: 'web',
      namespace: 'shop',
      annotations: { 'helm.sh/hook': 'test' },
      labels: { 'cdk8s.io/metadata.addr': expect.any(String) },
      podAnnotations: { 'linkerd.io/inject': 'enabled' },
      replicas: 0,
      progressDeadlineSeconds: 1200,
      hostNetwork: true,
      dnsPolicy: 'Default',
    });
    for (const { read, rendered } of [deployment, set, pod]) expect(read).toEqual(rendered);
  });
});
