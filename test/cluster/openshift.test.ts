import { until } from './kubectl';
import { secret } from './manifests';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';
import { podSpecIn } from '../pod-spec';

test('a user that the cluster chooses, as OpenShift does, runs step and app, which reads a file of mode 0600', () =>
  inNamespace('openshift', async namespace => {
    const [portal] = goldenManifests('openshift');
    const { containers, initContainers } = podSpecIn(portal);
    for (const { securityContext } of [...initContainers, ...containers]) {
      expect([securityContext.runAsUser, securityContext.runAsGroup]).toEqual([undefined, undefined]);
    }

    await namespace.apply([secret('portal', { password: 'p$w"\\ü' }), portal]);
    await until('where the cluster chooses no user, the kubelet refuses to run the step as root', async () => {
      const [step] = (await namespace.podOf('portal'))?.status.initContainerStatuses ?? [];
      return step?.state.waiting?.message?.includes('image will run as root') ?? false;
    });

    await namespace.apply([admitted(portal, 1000650000)]);
    await namespace.rolledOut('portal');
    await until('the pod without a user is gone', async () => {
      const { items } = JSON.parse(await namespace.kubectl(['get', 'pods', '-o', 'json']));
      return items.length === 1;
    });

    expect(await namespace.log('deployment/portal', 'main')).toBe('database.password = p$w"\\ü\n');
    const stat = ['exec', 'deployment/portal', '--', 'stat', '-L', '-c', '%a %u %g', '/etc/portal/portal.conf'];
    expect(await namespace.kubectl(stat)).toBe('600 1000650000 1000650000\n');
  }));

/**
 * A Deployment as the pods would be that the security context constraint `restricted-v2` lets in: one
 * user for all containers, and a group.
 */
function admitted(deployment: any, user: number): object {
  const copy = structuredClone(deployment);
  const spec = podSpecIn(copy);
  for (const { securityContext } of [...spec.initContainers, ...spec.containers]) securityContext.runAsUser = user;
  spec.securityContext = { ...spec.securityContext, fsGroup: user };
  return copy;
}
