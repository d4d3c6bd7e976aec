import { eventually } from './kubectl';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';

test('a user that the cluster chooses, as OpenShift does, runs step and app, so that the app reads a file that nobody else may', () =>
  inNamespace('openshift', async namespace => {
    const [portal] = goldenManifests('openshift');
    const { containers, initContainers } = portal.spec.template.spec;
    expect([...initContainers, ...containers].map(({ securityContext }: any) => [securityContext.runAsUser, securityContext.runAsGroup]))
      .toEqual([[undefined, undefined], [undefined, undefined]]);

    await namespace.apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'portal' }, stringData: { password: 'p$w"\\ü' } }, portal]);
    await eventually('where the cluster chooses no user, the kubelet refuses to run the step as root', async () => {
      const pod = await namespace.podOf('portal');
      return pod?.status.initContainerStatuses?.[0].state.waiting?.message?.includes('image will run as root') ? true : undefined;
    });

    await namespace.apply([admitted(portal, 1000650000)]);
    await namespace.rolledOut('portal');
    await eventually('the pod without a user is gone', async () => {
      const { items } = JSON.parse(await namespace.kubectl(['get', 'pods', '-o', 'json']));
      return items.length === 1 ? true : undefined;
    });

    expect(await namespace.log('deployment/portal', 'main')).toBe('database.password = p$w"\\ü\n');
    expect(await namespace.kubectl(['exec', 'deployment/portal', '--', 'stat', '-L', '-c', '%a %u %g', '/etc/portal/portal.conf']))
      .toBe('600 1000650000 1000650000\n');
  }));

/** A Deployment as the pods would be that the security context constraint `restricted-v2` lets in: one user for all containers, and a group. */
function admitted(deployment: any, user: number): object {
  const copy = structuredClone(deployment);
  const { spec } = copy.spec.template;
  for (const { securityContext } of [...spec.initContainers, ...spec.containers]) securityContext.runAsUser = user;
  spec.securityContext = { ...spec.securityContext, fsGroup: user };
  return copy;
}
