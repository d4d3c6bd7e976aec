import type { Rule } from './rule';
import { listOf, type Manifests, type Pod } from '../manifests/pods';

/** Which of the Pod Security Standards a pod with init containers fits. */
export const podSecurity: Rule = {
  name: 'pod-security',
  severity: 'info',
  reason:
    'A namespace enforces one of three levels, and refuses pods that need a weaker one; '
    + 'one init container is enough for that.',
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
  securityContext:
    allowPrivilegeEscalation: false
    capabilities: { drop: [ALL] }
    runAsNonRoot: true
    seccompProfile: { type: RuntimeDefault }
`,
  find: ({ pods }: Manifests) =>
    pods
      .filter(({ initContainers }) => initContainers.length > 0)
      .flatMap(pod => {
        const privileged = beyondBaseline(pod);
        const baseline = beyondRestricted(pod);
        const level = privileged.length > 0 ? 'privileged' : 'baseline';
        const why = privileged.length > 0 ? privileged : baseline;
        if (why.length === 0) return [];
        return [
          {
            pod,
            message:
              `needs a namespace with Pod Security '${level}', because of its init `
              + `${why.length === 1 ? 'container' : 'containers'}: ${why.join(', ')}`,
            remedy:
              "take that away for a namespace with 'restricted'; our steps fit it as they are, but for PrepareVolume",
          },
        ];
      }),
};

const HARMLESS = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** What not even baseline allows. */
function beyondBaseline(pod: Pod): string[] {
  return pod.initContainers.flatMap(({ name, spec, mounts }) => {
    const context = spec.securityContext ?? {};
    const added = listOf(context.capabilities?.add).filter(
      each => !HARMLESS.includes(each),
    );
    return [
      ...(context.privileged === true ? [`${name} is privileged`] : []),
      ...(added.length > 0 ? [`${name} adds ${added.join(', ')}`] : []),
      ...(mounts.some(({ volume }) => volume.hostPath)
        ? [`${name} mounts a folder of the node`]
        : []),
    ];
  });
}

/** What restricted does not allow. */
function beyondRestricted(pod: Pod): string[] {
  const { securityContext: ofPod = {} } = pod.spec;
  return pod.initContainers.flatMap(({ name, spec }) => {
    const context = spec.securityContext ?? {};
    const lacks = [
      ...(context.allowPrivilegeEscalation === false
        ? []
        : ['allowPrivilegeEscalation: false']),
      ...(listOf(context.capabilities?.drop).includes('ALL')
        ? []
        : ['capabilities.drop: [ALL]']),
      ...((context.runAsNonRoot ?? ofPod?.runAsNonRoot) === true
        ? []
        : ['runAsNonRoot: true']),
      ...((context.seccompProfile ?? ofPod?.seccompProfile) ? [] : ['seccompProfile']),
    ];
    const isRoot = (context.runAsUser ?? ofPod?.runAsUser) === 0;
    return [
      ...(isRoot ? [`${name} runs as user 0`] : []),
      ...(lacks.length > 0 ? [`${name} lacks ${lacks.join(', ')}`] : []),
    ];
  });
}
