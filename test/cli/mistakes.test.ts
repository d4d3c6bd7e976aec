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
  ['PGPASSWORD=hunter2 psql -h db -c "select 1"', ['warning']],
  ['env PGPASSWORD=hunter2 psql -h db', ['warning']],
  ['export DB_PASSWORD="hunter2"; psql -h db', ['warning']],
  ['PGPASSWORD=$PASSWORD psql -h db', []],
  ['PGPASSWORD="$(cat /secrets/db)" psql -h db', []],
  ['DB_PASSWORD_FILE=/secrets/db ./migrate', []],
])('the password of %s', (script, severities) => {
  const said = findings(step(script, 'postgres:17'), 'password-in-arguments');

  expect(said.map(({ severity }) => severity)).toEqual(severities);
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

test('the note on Pod Security says each field once, however many init containers lack it', () => {
  const context = '{ allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, seccompProfile: {} }';
  const [{ message }] = findings(`
- { name: one, image: 'alpine:3.22', securityContext: ${context} }
- { name: two, image: 'alpine:3.22', securityContext: ${context} }
- { name: three, image: 'alpine:3.22', securityContext: { runAsUser: 0, runAsNonRoot: true, seccompProfile: {} } }
`, 'pod-security');

  expect(message).toBe(
    "needs a namespace with Pod Security 'baseline', because of init containers "
    + 'without runAsNonRoot: true (2 of 3), as user 0 (three), '
    + 'without allowPrivilegeEscalation: false (three), without capabilities.drop: [ALL] (three)',
  );
});

test.each([
  ['until mysqladmin ping -h db -u root -ps3cret; do sleep 1; done'],
  ['until curl -f http://me:s3cret@web/; do sleep 1; done'],
  ['until curl http://me:s3cret@web/; do sleep 1; done'],
  ['for i in 1 2; do curl -f http://me:s3cret@web/ && break; sleep 1; done'],
  ['until env PGPASSWORD=s3cret psql -h db; do sleep 1; done'],
  ['timeout 60 sh -c "until redis-cli -h db -a s3cret ping; do sleep 1; done" || true'],
  ['[ -f /data/f ] || curl -fo /data/f http://me:s3cret@web/f'],
  ['curl -o /data/f http://me:s3cret@web/f'],
])('what is said of %s does not tell the password', script => {
  const said = findings(step(script, 'my-tools:1'));

  expect(said.map(({ rule }) => rule)).toContain('password-in-arguments');
  expect(said.length).toBeGreaterThan(1);
  expect(JSON.stringify(said)).not.toContain('s3cret');
});

test('a token before the host of a URL is not shown', () => {
  const [{ message }] = findings(step('until curl -f https://s3cret@web/; do sleep 1; done'), 'wait-without-limit');

  expect(message).toContain("repeats 'curl -f https://***@web/'");
});

test('what is said of a line for which there is no shell does not tell the password', () => {
  const [{ message }] = findings(`
- name: step
  image: mysql:8.4
  command: ['mysqladmin ping -ps3cret']
`, 'missing-program');

  expect(message).toBe("starts a program of the name 'mysqladmin …', which no image has: no shell reads it");
});

test('a long command is shown by its beginning, on one line', () => {
  const [{ message }] = findings(step(`until nc -z "$(
  cat /hosts
)" 5432 ${'x'.repeat(99)}; do sleep 1; done`), 'wait-without-limit');

  expect(message).toBe(
    `repeats 'nc -z "$( cat /hosts )" 5432 ${'x'.repeat(48)}...' without a limit; `
    + 'while that fails the pod stays in Init, and nothing says why',
  );
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
