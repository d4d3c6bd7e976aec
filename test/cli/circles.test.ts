import { findings } from './manifests';

/** Two Pods behind Services, of which each has an init container that runs a shell program. */
function pods(programs: { readonly [name: string]: string }): string {
  return Object.entries(programs).map(([name, script]) => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  initContainers: [{ name: wait, image: 'busybox:1.37', command: [sh, -c, ${JSON.stringify(script)}] }]
  containers: [{ name: ${name}, image: 'nginx:1.29' }]
`).join('---');
}

const rulesFor = (yaml: string) => findings(yaml, 'circle-of-waits', 'waits-for-itself').map(({ rule }) => rule);

test.each([
  ['a loop', 'until nc -z web 80; do sleep 1; done', ['circle-of-waits']],
  ['a loop that counts and fails', 'for i in 1 2; do nc -z web 80 && exit; sleep 1; done; exit 1', ['circle-of-waits']],
  ['a loop that counts and goes on', 'for i in 1 2 3; do nc -z web 80 && break; sleep 1; done; true', []],
  ['a program that waits', 'wait-for-it web:80', ['circle-of-waits']],
  ['a program that waits and goes on', 'wait-for-it web:80 || true', []],
  ['a check', 'nc -z web 80', ['circle-of-waits']],
  ['a loop that ends when the other one is gone', 'while nc -z web 80; do sleep 1; done', []],
  ['a loop that not every pod gets to', '[ $HOSTNAME = api-0 ] || until nc -z web 80; do sleep 1; done', []],
  ['a name that is there before any pod', 'until nslookup web; do sleep 1; done', []],
])('a circle is closed by %s', (_, script, rules) => {
  expect(rulesFor(pods({ web: 'until nc -z api 80; do sleep 1; done', api: script }))).toEqual(rules);
});

test.each([
  ['a loop', 'until nc -z web 80; do sleep 1; done', ['waits-for-itself']],
  ['a check', 'nc -z web.default 80 || exit 1', []],
  ['two loops', 'until nc -z web 80; do :; done; until nc -z localhost 80; do :; done', ['waits-for-itself']],
  ['a program that waits', 'wait-for-it web:80', ['waits-for-itself']],
])('a pod waits for itself by %s', (_, script, rules) => {
  expect(rulesFor(pods({ web: script }))).toEqual(rules);
});

test.each([
  ['until something answers', 'until nc -z localhost 80; do sleep 1; done', ['error']],
  ['until nothing answers', 'while nc -z localhost 80; do sleep 1; done', []],
  ['on a condition', 'if [ -n "$A" ]; then until nc -z localhost 80; do sleep 1; done; fi', ['warning']],
])('a wait for localhost %s', (_, script, severities) => {
  const found = findings(pods({ web: script }), 'waits-for-itself');

  expect(found.map(({ severity }) => severity)).toEqual(severities);
});

test('a Service of other pods as well is no circle', () => {
  const yaml = pods({ web: 'until nc -z api 80; do sleep 1; done', api: 'until nc -z web 80; do sleep 1; done' });

  expect(rulesFor(`${yaml}---
apiVersion: v1
kind: Pod
metadata: { name: old-web, labels: { app: web } }
spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`)).toEqual([]);
});
