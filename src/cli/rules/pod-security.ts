import {
  containerBeyondBaseline,
  containerBeyondRestricted,
  podBeyondBaseline,
  podBeyondRestricted,
} from './pod-security-standards';
import type { Rule } from './rule';
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
        const baseline = reasons(pod, containerBeyondBaseline, podBeyondBaseline);
        const [level, why] = baseline.length > 0
          ? ['baseline', baseline]
          : ['restricted', reasons(pod, containerBeyondRestricted, podBeyondRestricted)];
        if (why.length === 0) return [];
        return [
          {
            pod,
            message: `is refused where Pod Security '${level}' is enforced, because of ${why.join(', and ')}`,
            remedy:
              "take that away for a namespace with 'restricted'; our steps fit it as they are, but for PrepareVolume",
          },
        ];
      }),
};

/** What of the init containers, and what of the pod itself, a level does not allow. */
function reasons(
  pod: Pod,
  ofContainer: (container: Container) => string[],
  ofPod: (pod: Pod) => string[],
): string[] {
  const names = new Map<string, string[]>();
  for (const container of pod.initContainers) {
    for (const reason of ofContainer(container)) {
      names.set(reason, [...(names.get(reason) ?? []), container.name]);
    }
  }
  const all = pod.initContainers.length;
  const once = [...names].map(([reason, having]) =>
    `${reason} (${having.length === 1 ? having[0] : `${having.length} of ${all}`})`);
  const own = ofPod(pod);
  return [
    ...(once.length > 0 ? [`init containers ${once.join(', ')}`] : []),
    ...(own.length > 0 ? [`the pod's ${own.join(', ')}`] : []),
  ];
}
