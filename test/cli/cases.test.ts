import { readFileSync } from 'fs';
import { join } from 'path';
import { findings, step } from './manifests';

/** The names of the rules that find errors or warnings. */
function found(yaml: string): string[] {
  return findings(yaml).filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
}

describe('of the manifests that tutorials show', () => {
  const tutorial = (name: string) => readFileSync(join(__dirname, 'tutorials', `${name}.yaml`), 'utf8');

  test.each([
    ['wait-for-db', ['image-without-version', 'nslookup-short-name', 'wait-without-limit']],
    ['generate-config', ['image-without-version', 'hides-image-files']],
    ['multi-stage', [
      'image-without-version', 'nslookup-short-name', 'wait-without-limit',
      'image-without-version', 'curl-takes-errors', 'missing-program',
    ]],
  ])('%s has faults', (name, rules) => {
    expect(found(tutorial(name))).toEqual(rules);
  });
});

test.each([
  ['a program that it installs before', 'apk add curl; curl -f http://db', ['installs-at-start']],
  ['a program that it brings itself', 'wget -O /usr/local/bin/jq http://x/jq && jq . /data/a', []],
  ['a function of that name', 'curl() { wget "$@"; }; curl http://db', []],
  ['a program that the image has', 'nc -z -w 2 db 5432', []],
  ['a folder that is gone when it starts again', 'mkdir /tmp/work && ln -s /data /work', []],
  ['a folder that it removed before', 'rm -rf /data/site; git clone http://x/site /data/site', ['missing-program']],
  ['a folder on a volume', 'mkdir /data/site', ['fails-when-run-again']],
  ['a folder on a volume, behind cd', 'cd /data && mkdir site', ['fails-when-run-again']],
  ['a folder that only the pod knows', 'mkdir $TARGET', []],
  ['a folder whose failure is meant', 'mkdir /data/site || true', []],
  ['lines behind lines of its own', 'echo a > /data/f; echo b >> /data/f', []],
  ['lines that are looked for before', 'grep -q b /data/f || echo b >> /data/f', []],
  ['lines behind what empties the file', '> /data/f; echo b >> /data/f', []],
  ['a copy of a file with its times', 'cp -a /etc/app.conf /data/app.conf', []],
  ['a copy of a folder', 'cp -a /etc/conf.d /data/conf.d', ['doubles-when-run-again']],
  ['a copy of what is in a folder', 'cp -r /site/. /data/site', []],
  ['a copy of a folder to the root of a volume', 'cp -r /site /data', []],
  ['a wait that counts', 'n=0; until nc -z db 1; do n=$((n+1)); [ $n -lt 9 ] || exit 1; sleep 1; done', []],
  ['a wait with a timeout around it', "timeout 60 sh -c 'until nc -z db 1; do sleep 1; done' || exit 1", []],
  ['a wait with a timeout around each attempt', 'until timeout 2 nc -z db 1; do sleep 1; done', ['wait-without-limit']],
  ['work without end that asks nobody', 'while read line; do echo $line; done < /data/f', []],
  ['a status that is looked at', '[ $(curl -s -o /dev/null -w "%{http_code}" http://x) = 200 ]', ['missing-program']],
  ['a pipe that looks for a word', 'wget -qO- http://x | grep -q ok', []],
  ['a timeout that a shell outlives', 'timeout 60 /migrate && echo done', []],
  ['a timeout that is the last command', 'echo start; timeout 60 /migrate', ['timeout-as-process-1']],
  ['a timeout behind which its line ends', "timeout 5 sh -c 'sleep 9'\n", []],
  ['a timeout behind which a comment stands', 'timeout 60 /migrate # once', ['timeout-as-process-1']],
  ['a timeout that the shell turns itself into', 'exec timeout 60 /migrate\n', ['timeout-as-process-1']],
  ['text that no shell can read', 'if true; then', ['unreadable-program']],
])('finds in %s', (_, script, rules) => {
  expect(found(step(script))).toEqual(rules);
});

test.each([
  ['distroless', 'gcr.io/distroless/static-debian12', ['image-without-version', 'missing-program']],
  ['distroless for debugging', 'gcr.io/distroless/static-debian12:debug', []],
  ['an image that nobody knows', 'registry.corp.example/tools:1.2', []],
  ['a digest without a tag', 'alpine@sha256:0000000000000000000000000000000000000000000000000000000000000000', []],
  ['a port of a registry', 'registry.corp.example:5000/tools', ['image-without-version']],
])('finds with %s', (_, image, rules) => {
  expect(findings(`
- name: step
  image: ${image}
  command: [cp, /in, /out]
`).filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  ['sh', 'timeout 60 /migrate', ['timeout-as-process-1']],
  ['sh', 'timeout 60 /migrate\n', []],
  ['bash', 'timeout 60 /migrate\n', ['timeout-as-process-1']],
  ['bash', 'timeout 60 /migrate\n# once', []],
  ['dash', 'timeout 60 /migrate', []],
])('%s that runs %j ends with the findings %j', (shell, script, rules) => {
  const yaml = `
- name: migrate
  image: alpine:3.22
  command: [${shell}, -c, ${JSON.stringify(script)}]
`;
  const names = findings(yaml, 'timeout-as-process-1').map(({ rule }) => rule);

  expect(names).toEqual(rules);
});

test('a wait within a Job that has a deadline has a limit', () => {
  const job = (deadline: string) => `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
${deadline}
  template:
    spec:
      initContainers:
        - { name: wait, image: 'busybox:1.37', command: [sh, -c, 'until nc -z db 5432; do sleep 2; done'] }
      containers: [{ name: migrate, image: 'my-app:1.0' }]
`;

  expect(found(job('  backoffLimit: 1'))).toEqual(['wait-without-limit']);
  expect(found(job('  activeDeadlineSeconds: 600'))).toEqual([]);
});

test('a native sidecar is an app, and is not checked', () => {
  expect(findings(`
- name: proxy
  image: proxy
  restartPolicy: Always
  command: [sh, -c, 'while true; do sleep 5; done']
`, 'wait-without-limit', 'image-without-version')).toEqual([]);
});

test('a step of ours may be part of a circle of waits', () => {
  const workload = (name: string, initContainer: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: { initContainers: [{ name: 'wait', image: 'busybox:1.37', ...initContainer }], containers: [{ name }] },
      },
    },
  });
  const service = (name: string) => (
    { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } }
  );
  const manifests = [
    service('web'),
    service('api'),
    workload('web', { env: [{ name: 'step_endpoints', value: 'dns:x status=200|401,http://api:80/healthz' }] }),
    workload('api', { command: ['sh', '-c', 'until nc -z web 80; do sleep 1; done'] }),
  ];

  expect(findings(manifests.map(each => JSON.stringify(each)).join('\n---\n'), 'circle-of-waits')).toMatchObject([{
    path: 'Deployment/web/wait',
    message: 'waits in a circle, so that none of them starts: '
      + "Deployment web waits for api in 'wait', Deployment api waits for web in 'wait'",
  }]);
});

test('a download is fetched to where the app reads it', () => {
  const [{ remedy }] = findings(`
apiVersion: v1
kind: Pod
metadata: { name: my-web }
spec:
  initContainers:
    - name: fetch
      image: curlimages/curl:8.22.0
      command: [curl, -o, /out/app.json, 'http://config/app.json']
      volumeMounts: [{ name: config, mountPath: /out }]
  containers:
    - { name: web, image: 'my-app:1.0', volumeMounts: [{ name: config, mountPath: /app/config }] }
  volumes: [{ name: config, emptyDir: {} }]
`, 'curl-takes-errors');

  expect(remedy).toBe(
    "new DownloadConfig(myWeb, 'fetch', { url: 'http://config/app.json', path: '/app/config/app.json' });",
  );
});
