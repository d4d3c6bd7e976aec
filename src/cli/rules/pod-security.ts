import type { Rule } from './rule';
import { listOf } from '../manifests/lists';
import type { Container, Manifests, Pod } from '../manifests/pods';

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
        const privileged = reasons(pod, beyondBaseline);
        const baseline = reasons(pod, beyondRestricted);
        const level = privileged.length > 0 ? 'privileged' : 'baseline';
        const why = privileged.length > 0 ? privileged : baseline;
        if (why.length === 0) return [];
        return [
          {
            pod,
            message: `needs a namespace with Pod Security '${level}', because of init containers ${why.join(', ')}`,
            remedy:
              "take that away for a namespace with 'restricted'; our steps fit it as they are, but for PrepareVolume",
          },
        ];
      }),
};

/** Each reason once, with the name of the init container, or with the number of those of which it is true. */
function reasons(pod: Pod, of: (container: Container) => string[]): string[] {
  const names = new Map<string, string[]>();
  for (const container of pod.initContainers) {
    for (const reason of of(container)) {
      names.set(reason, [...(names.get(reason) ?? []), container.name]);
    }
  }
  const all = pod.initContainers.length;
  return [...names].map(([reason, having]) =>
    `${reason} (${having.length === 1 ? having[0] : `${having.length} of ${all}`})`);
}

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
function beyondBaseline({ spec, mounts }: Container): string[] {
  const context = spec.securityContext ?? {};
  const added = listOf(context.capabilities?.add).filter(
    each => !HARMLESS.includes(each),
  );
  return [
    ...(context.privileged === true ? ['that are privileged'] : []),
    ...added.map(each => `with ${each}`),
    ...(mounts.some(({ volume }) => volume.hostPath) ? ['with a folder of the node'] : []),
  ];
}

/** What restricted does not allow. */
function beyondRestricted({ pod, spec }: Container): string[] {
  const { securityContext: ofPod = {} } = pod.spec;
  const context = spec.securityContext ?? {};
  const has = {
    'allowPrivilegeEscalation: false': context.allowPrivilegeEscalation === false,
    'capabilities.drop: [ALL]': listOf(context.capabilities?.drop).includes('ALL'),
    'runAsNonRoot: true': (context.runAsNonRoot ?? ofPod?.runAsNonRoot) === true,
    'seccompProfile': Boolean(context.seccompProfile ?? ofPod?.seccompProfile),
  };
  const isRoot = (context.runAsUser ?? ofPod?.runAsUser) === 0;
  const lacks = Object.entries(has).filter(([, isThere]) => !isThere);
  return [
    ...(isRoot ? ['as user 0'] : []),
    ...lacks.map(([field]) => `without ${field}`),
  ];
}
