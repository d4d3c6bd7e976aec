import { findingsIn } from '../../src/cli/check/check';
import type { PlacedFinding } from '../../src/cli/finding';
import { manifestsOf } from '../../src/cli/manifests/manifest';
import { podsOf, type Container } from '../../src/cli/manifests/pods';
import { RULES } from '../../src/cli/rules';

/** A Pod with init containers, if that is all that there is; or whole manifests as they are. */
export function asManifests(yaml: string): string {
  if (!yaml.trim().startsWith('- ')) return yaml;
  const volumes = [...yaml.matchAll(/volumeMounts: \[\{ name: (\w+)/g)].map(
    ([, name]) => `{ name: ${name}, emptyDir: {} }`,
  );
  return `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
${yaml.trim().replace(/^/gm, '    ')}
  containers: [{ name: web, image: 'my-app:1.0' }]
  volumes: [${[...new Set(volumes)].join(', ')}]
`;
}

/** A step with a volume at /data that runs a shell program. */
export function step(script: string, image = 'alpine:3.22'): string {
  return `
- name: step
  image: ${image}
  command: [sh, -c, ${JSON.stringify(script)}]
  volumeMounts: [{ name: data, mountPath: /data }]
`;
}

/** What the rules find in manifests, or in the init containers of a Pod. */
export function findings(yaml: string, ...names: string[]): PlacedFinding[] {
  const rules = RULES.filter(({ name }) => names.length === 0 || names.includes(name));
  return findingsIn(podsOf(manifestsOf('web.yaml', asManifests(yaml))), rules);
}

/** The init container of a Pod that runs a shell program. */
export function running(script: string, image = 'busybox:1.37'): Container {
  return started(['sh', '-c', script], image);
}

/** The init container of a Pod that runs a command. */
export function started(command: readonly string[], image = 'busybox:1.37'): Container {
  const pod = {
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      initContainers: [{ name: 'init', image, command }],
      containers: [{ name: 'web', image: 'my-app:1.0' }],
    },
  };
  return podsOf(manifestsOf('web.json', JSON.stringify(pod))).pods[0].initContainers[0];
}
