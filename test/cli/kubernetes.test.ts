/** What Kubernetes makes of a manifest before anything runs. */
import { findings } from './manifests';

/** A Pod that takes its script from a ConfigMap. */
function withScripts(mounts: string, script: string): string {
  return `
kind: ConfigMap
metadata: { name: scripts }
data: { start.sh: '${script}' }
---
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: fetch
      image: busybox:1.37
      command: [sh, /scripts/bin/start.sh]
      volumeMounts: [${mounts}]
  containers: [{ name: web, image: 'my-app:1.0' }]
  volumes: [{ name: scripts, configMap: { name: scripts } }, { name: work, emptyDir: {} }]
`;
}

test.each([
  ['{ name: work, mountPath: /scripts }, { name: scripts, mountPath: /scripts/bin }'],
  ['{ name: scripts, mountPath: /scripts/bin/ }, { name: work, mountPath: /scripts }'],
])('a script is in the innermost of the mounts %s', mounts => {
  expect(findings(withScripts(mounts, 'curl -f http://db'), 'missing-program')).toHaveLength(1);
});
