/** What rules once said of public init containers, and should not have; and what they did not say, and should have. */
import { findings, step } from './manifests';

test.each([
  ['until getent hosts db; do sleep 1; done', 1],
  ['until getent hosts db.shop.svc.cluster.local; do sleep 1; done', 1],
  ['until nslookup db-0.db.shop; do sleep 1; done', 0],
  ['until nslookup db-0.db.shop.svc.cluster.local; do sleep 1; done', 0],
  ['until nslookup db && nc -z db 5432; do sleep 1; done', 0],
  ['while :; do for a in $(nslookup db); do nc -z $a 5432 && exit 0; done; sleep 1; done', 0],
])('of %s a name is no answer %d times', (script, times) => {
  expect(findings(step(script), 'name-is-no-answer')).toHaveLength(times);
});

test.each([
  ['. /lib/config.sh; config_set "postgres://me:$PASSWORD@db"', []],
  ['. /lib/config.sh; config_set postgres://me:s3cret@db', ['warning']],
  ['. /lib/config.sh; psql "postgres://me:$PASSWORD@db"', ['info']],
  ['superset-init --username admin --password $PASSWORD', ['info']],
  ['superset-init --username admin --password=s3cret', ['warning']],
  ['superset-init --password-file /secrets/password', []],
  ['geth account import --password /secrets/password key', []],
])('a password is an argument of %s: %j', (script, severities) => {
  const said = findings(step(script, 'my-tools:1'), 'password-in-arguments');

  expect(said.map(({ severity }) => severity)).toEqual(severities);
});

test.each([
  ['chown -R 1000 /srv/app', 1],
  ['chown -R 1000 /srv/app/data', 1],
  ['chown -R 1000 /srv/app/cache', 0],
  ['chown -R 1000 /srv/other', 0],
  ['find /srv/app/data -name lost+found -delete || true && chown -R 1000 /srv/app/data', 1],
  ['[ -f /srv/app/data/.done ] || chown -R 1000 /srv/app/data', 0],
])('%s walks through a claim %d times', (script, times) => {
  const said = findings(`
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: own
      image: busybox:1.37
      command: [sh, -c, '${script}']
      volumeMounts: [{ name: data, mountPath: /srv/app/data }, { name: cache, mountPath: /srv/app/cache }]
  containers: [{ name: web, image: 'my-app:1.0' }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }, { name: cache, emptyDir: {} }]
`, 'recursive-owner');

  expect(said).toHaveLength(times);
});

test('lines that are appended to one file are one finding', () => {
  const said = findings(step('echo a >> /data/f; echo b >> /data/f; echo c >> /data/g'), 'doubles-when-run-again');

  expect(said.map(({ message }) => message.split(',')[0])).toEqual(['appends to /data/f', 'appends to /data/g']);
});

test.each([
  ['FILLED BY THE OPERATOR', 0],
  ['FILLED_BY_CI', 0],
  ['$(IMAGE)', 0],
  [':', 0],
  ['registry.corp.example:5000/team/tools', 1],
  ['ghcr.io/team/my_tools', 1],
])('the image %j moves %d times', (image, times) => {
  expect(findings(`\n- { name: step, image: '${image}', command: [cp, /in, /out] }\n`, 'image-without-version'))
    .toHaveLength(times);
});
