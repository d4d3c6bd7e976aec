import { scopeOf } from './our-code';
import { eachContainer, type Rule, type Said } from './rule';
import type { Container } from '../manifests/pods';

/** More rights than what an init container usually does needs. */
export const privileged: Rule = {
  name: 'privileged',
  severity: 'warning',
  reason:
    'A privileged container is root on the node. What it usually does there has other '
    + 'ways: sysctls of the pod, a DaemonSet that prepares nodes, the CNI of a mesh, '
    + 'fsGroup. Root without privileges is a note.',
  fires: `
- name: sysctl
  image: busybox:1.37
  command: [sysctl, -w, vm.max_map_count=262144]
  securityContext: { privileged: true }
`,
  silent: `
- name: copy
  image: busybox:1.37
  command: [cp, /in/app.conf, /out/app.conf]
  securityContext: { runAsUser: 65534, runAsNonRoot: true }
`,
  find: eachContainer(container => [...isPrivileged(container), ...isRoot(container)].slice(0, 1)),
};

function isPrivileged(container: Container): Said[] {
  if (container.spec.securityContext?.privileged !== true) return [];
  const sysctl = container.commands.find(({ name }) => name === 'sysctl');
  return [
    {
      at: '/securityContext',
      message: 'runs privileged, as root of the node',
      remedy: sysctl
        ? 'let the node be tuned, by its provider or a DaemonSet; '
          + 'a sysctl of the namespace stands in securityContext.sysctls of the pod'
        : 'take privileged away, and add the capabilities that it needs',
    },
  ];
}

function isRoot(container: Container): Said[] {
  const { pod, spec } = container;
  const user = spec.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  const nonRoot =
    spec.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot;
  if (user !== 0 && (user !== undefined || nonRoot === true)) return [];
  const chown = container.commands.find(({ name }) => name === 'chown' || name === 'chmod');
  return [
    {
      at: spec.securityContext ? '/securityContext' : undefined,
      severity: 'info',
      message:
        user === 0
          ? 'runs as root'
          : 'does not say as which user it runs: as root, if its image does not',
      remedy: chown
        ? `new PrepareVolume(${scopeOf(pod)}, '${container.name}', { volume, owner: RunAs.user(…) }); `
          + 'or fsGroup of the pod, without a step'
        : 'give it runAsUser and runAsNonRoot, as our steps have',
    },
  ];
}
