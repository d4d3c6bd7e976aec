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

test.each([
  ['yes', 1],
  ['on', 1],
  ['y', 1],
  ['TRUE', 1],
  ['no', 0],
  ['"yes"', 0],
  ['2026-01-01', 0],
])('`privileged: %s` is true %d times', (value, times) => {
  expect(findings(`
- { name: step, image: 'my-tools:1', securityContext: { privileged: ${value}, runAsUser: 1000 } }
`, 'privileged')).toHaveLength(times);
});

test.each([['0'], ['00'], ['0o0'], ['0x0']])('user %s is root', user => {
  expect(findings(`
- { name: step, image: 'my-tools:1', securityContext: { runAsUser: ${user} } }
`, 'privileged')).toMatchObject([{ message: 'runs as root' }]);
});

test('an argument that looks like a time is a text', () => {
  expect(findings(`
- { name: step, image: 'mysql:8.4', command: [mysqladmin, --password, 10:20, ping] }
`, 'password-in-arguments').map(({ message }) => message)).toEqual([
    'gives mysqladmin a password that stands in the manifest',
  ]);
});

/** An init container of busybox, with a variable of the node and some that stand in the manifest. */
function withVariables(command: string): string {
  return `
- name: step
  image: busybox:1.37
  env: [{ name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } },
        { name: DB, value: db }, { name: ADDRESS, value: $(DB).shop }, { name: TOOL, value: curl }]
  command: ${command}
`;
}

test.each([
  ['[nc, -z, $(DB)]', "repeats 'nc -z db'"],
  ['[nc, -z, $(ADDRESS)]', "repeats 'nc -z db.shop'"],
  ['[nc, -z, $ADDRESS]', "repeats 'nc -z $ADDRESS'"],
  ['[nc, -z, $$(DB)]', "repeats 'nc -z $(DB)'"],
  ['[nc, -z, $(NODE)]', "repeats 'nc -z $(NODE)'"],
  ['[nc, -z, $(NOBODY)]', "repeats 'nc -z $(NOBODY)'"],
])('the kubelet replaces variables in %s', (words, message) => {
  const script = `until ${words.slice(1, -1).replace(/,/g, '')}; do sleep 1; done`;

  expect(findings(withVariables(`[sh, -c, '${script}']`), 'wait-without-limit')[0].message.split(' without')[0])
    .toBe(message);
});

test('a finding behind what the kubelet replaced has its place in what is written', () => {
  const command = "[sh, -c, 'echo $(ADDRESS) $$(date) $(NODE); curl -f http://x']";

  expect(findings(withVariables(command), 'missing-program').map(({ place }) => place.column))
    .toEqual([`      command: ${command}`.indexOf('curl') + 1]);
});

test('the name of a program may be a variable', () => {
  expect(findings(withVariables("['$(TOOL)', -f, 'http://x']"), 'missing-program')).toHaveLength(1);
});
