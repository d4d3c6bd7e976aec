import { findings, step } from './manifests';

describe('a wait for localhost', () => {
  const wait = "command: [sh, -c, 'echo waiting; until nc -z localhost 5432; do sleep 1; done']";
  const rules = (yaml: string) => findings(yaml, 'waits-for-itself', 'wait-without-limit').map(({ rule }) => rule);

  test('never ends, as the app starts behind it', () => {
    expect(findings(`
- name: wait
  image: alpine:3.22
  ${wait}
`, 'waits-for-itself', 'wait-without-limit')).toMatchObject([{
      severity: 'error',
      message: 'waits for localhost, where nothing answers: the app starts when this container has ended',
    }]);
  });

  test('may end where a service mesh puts a sidecar before it', () => {
    const severities = (script: string, metadata = '') => findings(`
kind: Pod
metadata: { name: web${metadata} }
spec:
  initContainers: [{ name: wait, image: 'my-tools:1', command: [sh, -c, '${script}'] }]
  containers: [{ name: web, image: 'my-app:1.0' }]
`, 'waits-for-itself').map(({ severity }) => severity);
    const app = 'until curl -f http://localhost:8080; do sleep 1; done';

    expect(severities(app)).toEqual(['error']);
    expect(severities(app, ', labels: { sidecar.istio.io/inject: "true" }')).toEqual(['warning']);
    expect(severities(app, ', annotations: { linkerd.io/inject: enabled }')).toEqual(['warning']);
    expect(severities('until curl -f http://localhost:15021/healthz/ready; do sleep 1; done')).toEqual(['warning']);
    expect(severities('until curl -f http://localhost:4191/ready; do sleep 1; done')).toEqual(['warning']);
  });

  test('ends where a native sidecar is before it', () => {
    expect(rules(`
- name: db
  image: postgres:17
  restartPolicy: Always
- name: wait
  image: alpine:3.22
  ${wait}
`)).toEqual(['wait-without-limit']);
  });

  test('ends where the program itself starts what answers', () => {
    expect(rules(step('postgres & until nc -z localhost 5432; do sleep 1; done'))).toEqual(['wait-without-limit']);
    expect(rules(step('until nc -z localhost 1; do ./start; sleep 1; done'))).toEqual(['wait-without-limit']);
  });

  test('is not mended by a step that is refused', () => {
    const [{ remedy }] = findings(step('postgres & until nc -z localhost 1; do sleep 1; done'), 'wait-without-limit');

    expect(remedy).toBe('count the attempts, and end with exit 1 and the reason after the last one');
  });
});

test('a wait for its own Service is told once, however often it asks', () => {
  const yaml = `
kind: Service
metadata: { name: web }
spec: { selector: { app: web } }
---
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  initContainers:
    - name: wait
      image: alpine:3.22
      command: [sh, -c, 'until nc -z web 80 && nc -z web 81 && wget -qO- http://web; do sleep 1; done']
  containers: [{ name: web, image: 'nginx:1.29' }]
`;

  expect(findings(yaml, 'waits-for-itself')).toHaveLength(1);
});

test.each([
  ['a line for which there is no shell', '["until nc -z db 5432; do sleep 1; done"]', 'alpine:3.22'],
  ['words for which there is no shell', '[until, nc, -z, db, "5432"]', 'registry.corp.example/tools:1.2'],
  ['bash of busybox', "[bash, -c, 'echo ready']", 'busybox:1.37'],
  ['envsubst of busybox', "[sh, -c, 'envsubst < /in > /out']", 'busybox:1.37'],
  ['a shell of an image without one', "[sh, -c, 'echo ready']", 'gcr.io/distroless/static:nonroot'],
])('nobody has %s', (_, command, image) => {
  expect(findings(`
- name: step
  image: ${image}
  command: ${command}
`, 'missing-program')).toMatchObject([{ severity: 'error', place: { line: 9 } }]);
});

test.each([
  ['a path with arguments', '[/bin/tool, "a b"]', 'alpine:3.22'],
  ['bash on a volume', "[/data/bash, -c, 'echo ready']", 'busybox:1.37'],
  ['a client on a volume', '[/data/kubectl, version]', 'busybox:1.37'],
  ['envsubst of nginx', "[sh, -c, 'envsubst < /in > /out']", 'nginx:1.29'],
])('somebody has %s', (_, command, image) => {
  expect(findings(`
- name: step
  image: ${image}
  command: ${command}
  volumeMounts: [{ name: data, mountPath: /data }]
`, 'missing-program')).toEqual([]);
});

test.each([
  ['nc -z db 5432 || true', 1],
  ['nc -z db 5432 || exit 0', 1],
  ['nc -z db 5432; exit 0', 1],
  ['timeout 60 sh -c "until nc -z db 5432; do sleep 1; done"; exit 0', 1],
  ['timeout 60 sh -c "until nc -z db 5432; do sleep 1; done" || true', 1],
  ['nc -z db 5432 || exit 1', 0],
  ['nc -z db 5432 && echo ready', 0],
  ['nc -z db 5432 && echo ready; ./start', 0],
  ['for i in 1 2 3; do nc -z db 5432 && break; sleep 2; done', 0],
  ['curl -fsS http://hooks/start || true', 0],
])('of the program %s failures are ignored %d times', (script, times) => {
  expect(findings(step(script, 'my-tools:1'), 'failure-ignored')).toHaveLength(times);
});

test.each([
  ['for i in 1 2 3; do nc -z db 5432 && break; sleep 2; done', 1],
  ['for i in 1 2 3; do if nc -z db 5432; then break; fi; echo waiting; sleep 2; done; echo ready', 1],
  ['for i in 1 2 3; do nc -z db 5432 && exit 0; sleep 2; done', 1],
  ['for i in 1 2 3; do nc -z db 5432 && exit 0 || sleep 2; done; exit 0', 1],
  ['n=0; until nc -z db 5432; do n=$((n+1)); [ $n -gt 9 ] && break; sleep 2; done', 1],
  ['for i in 1 2 3; do nc -z db 5432 && exit 0; sleep 2; done; exit 1', 0],
  ['for i in 1 2 3; do nc -z db 5432 && break; sleep 2; done; nc -z db 5432', 0],
  ['for i in 1 2 3; do nc -z db 5432 && break; [ $i -lt 3 ] || exit 1; sleep 2; done', 0],
  ['for i in 1 2 3; do nc -z db 5432 && break; sleep 2; [ $i -lt 3 ]; done', 0],
  ['for host in db cache; do until nc -z $host 5432; do sleep 1; done; done', 0],
  ['for host in db cache; do nc -z $host 5432 || exit 1; sleep 1; done', 0],
  ['for host in a b; do curl -f http://$host/reload; sleep 1; done', 0],
  ['n=0; while [ $n -lt 3 ]; do curl -f http://web/reload; n=$((n+1)); done', 0],
  ['until nc -z db 5432; do echo $(date); sleep 1; done', 0],
  ['until nc -z db 5432 || [ $n -gt 9 ]; do echo "$(date) waiting"; n=$((n+1)); sleep 1; done', 1],
  ['until [ "$(curl -so /dev/null -w %{http_code} http://web)" -eq 200 ]; do sleep 1; done', 0],
  ['until nc -z db 5432; do sleep $DELAY; DELAY=$((DELAY*2)); done', 0],
  ['for i in 1 2 3; do nc -z db 5432 && break; sleep 2; done; ./migrate', 0],
])('of the program %s the wait gives up silently %d times', (script, times) => {
  expect(findings(step(script), 'gives-up-silently')).toHaveLength(times);
});

test.each([
  ['{ name: config, mountPath: /etc/nginx }', ["mounts volume 'config' at /etc/nginx"]],
  ['{ name: config, mountPath: /etc/nginx, subPath: nginx }', ["mounts 'nginx' of volume 'config' at /etc/nginx"]],
  ['{ name: config, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }', []],
])('the mount %s hides files of the image: %j', (mount, messages) => {
  const said = findings(`
kind: Pod
metadata: { name: web }
spec:
  initContainers: [{ name: generate, image: 'my-tools:1' }]
  containers: [{ name: web, image: 'nginx:1.29', volumeMounts: [${mount}] }]
  volumes: [{ name: config, emptyDir: {} }]
`, 'hides-image-files');

  expect(said.map(({ message }) => message.split(', which')[0])).toEqual(messages);
});

test.each([
  ['sh', 'error', 'has a program that no shell can read: '],
  ['bash', 'error', 'has a program that no shell can read: '],
  ['zsh', 'info', 'has a program that could not be read, and is not checked: '],
])('a program of %s that cannot be read is of the severity %s', (shell, severity, message) => {
  expect(findings(`
- name: step
  image: my-tools:1
  command:
    - ${shell}
    - -c
    - |
      cp a b
      echo done )
`, 'unreadable-program')).toMatchObject([{
    severity,
    message: `${message}unexpected token ')'`,
    place: { line: 14, column: 21 },
  }]);
});

test.each([
  ['until [ "$(curl -so /dev/null -w %{http_code} http://web)" -eq 200 ]; do sleep 1; done', 1],
  ['until nc -z db 5432; do sleep $DELAY; DELAY=$((DELAY*2)); done', 1],
  ['until nc -z db 5432; do echo "$(date) waiting"; sleep 1; done', 1],
  ['while read host; do nc -z $host 80; sleep 1; done < /hosts', 0],
])('of the program %s %d waits have no limit', (script, times) => {
  expect(findings(step(script, 'my-tools:1'), 'wait-without-limit')).toHaveLength(times);
});

test.each([
  ['until nslookup db; do sleep 1; done', 1],
  ['until nslookup db > /dev/null 2>&1; do sleep 1; done', 1],
  ['until nslookup db | grep Address; do sleep 1; done', 0],
  ['set -o pipefail; until nslookup db | grep Address; do sleep 1; done', 1],
  ['until [ -n "$(nslookup db)" ]; do sleep 1; done', 0],
])('of the program %s the exit code of nslookup matters %d times', (script, times) => {
  expect(findings(step(script, 'busybox:1.37'), 'nslookup-short-name')).toHaveLength(times);
});

test.each([
  ['busybox:1.37', 1],
  ['docker.io/library/busybox:1.37', 1],
  ['mirror.gcr.io/library/busybox:1.37', 1],
  ['public.ecr.aws/docker/library/busybox:1.37', 1],
  ['registry.corp.example/busybox:1.37', 0],
  ['acme/busybox:1.37', 0],
  ['registry.corp.example/tools/alpine:3', 0],
])('of the image %s it is known what it lacks: %d', (image, times) => {
  expect(findings(step('curl -f http://web', image), 'missing-program')).toHaveLength(times);
});

test.each([
  ["command: [sh, -c, 'PATH=/data/bin:$PATH; kubectl version']"],
  ["command: [sh, -c, 'export PATH=$PATH:/data/bin; kubectl version']"],
  ["command: [kubectl, version]\n  env: [{ name: PATH, value: '/bin:/data' }]"],
])('a program may be on a volume that PATH names: %s', command => {
  const volume = 'volumeMounts: [{ name: data, mountPath: /data }]';
  const said = (other: string) => findings(`
- name: step
  image: busybox:1.37
  ${command}
  ${other}
`, 'missing-program');

  expect(said(volume)).toEqual([]);
  expect(said('')).toHaveLength(1);
});
