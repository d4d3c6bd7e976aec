import { findings, step } from './manifests';

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
