import { waitsIn } from '../../../src/cli/startup/hand-written-waits';
import { running, started } from '../manifests';

/** What the shell program of an init container waits for: where, how long, and whether it goes on without it. */
function waits(script: string): unknown[] {
  return waitsIn(running(script)).map(({ asked, limit, isOptional }) =>
    [asked?.host, asked?.port, limit, ...isOptional ? ['optional'] : []]);
}

test.each([
  ['a loop', 'until nc -z db 5432; do sleep 1; done', [['db', 5432, 'unbounded']]],
  ['two loops', 'until nc -z a 1; do sleep 1; done; while ! nc -z b 2; do sleep 1; done',
    [['a', 1, 'unbounded'], ['b', 2, 'unbounded']]],
  ['a loop that ends with a failure', 'until nc -z db 1; do n=$((n+1)); [ $n -lt 9 ] || exit 1; sleep 1; done',
    [['db', 1, 'unknown']]],
  ['a loop that counts and fails', 'for i in 1 2 3; do nc -z db 1 && exit 0; sleep 1; done; exit 1',
    [['db', 1, 'unknown']]],
  ['a loop that counts and goes on', 'for i in 1 2 3; do nc -z db 1 && break; sleep 1; done; /migrate',
    [['db', 1, 'unknown', 'optional']]],
  ['a loop with timeout around it', "timeout 60 sh -c 'until nc -z db 1; do sleep 1; done'", [['db', 1, 60]]],
  ['a loop with timeout around it that may fail', "timeout 2m sh -c 'until nc -z db 1; do sleep 1; done'; /migrate",
    [['db', 1, 120, 'optional']]],
  ['a loop of attempts with timeouts', 'until timeout 5 nc -z db 1; do sleep 1; done', [['db', 1, 'unbounded']]],
  ['a loop of attempts in texts with timeouts', 'until timeout 5 bash -c "</dev/tcp/db/1"; do sleep 1; done',
    [['db', 1, 'unbounded']]],
  ['a loop with timeout around it that is tried again',
    "until timeout 60 sh -c 'until nc -z db 1; do sleep 1; done'; do echo again; done", [['db', 1, 'unbounded']]],
  ['a loop with timeout around it whose failure is taken',
    "timeout 60 sh -c 'until nc -z db 1; do sleep 1; done' || true", [['db', 1, 60, 'optional']]],
  ['a loop with timeout around it whose failure is taken, in a program that ends at failures',
    "set -e; timeout 60 sh -c 'until nc -z db 1; do sleep 1; done' || true", [['db', 1, 60, 'optional']]],
  ['a loop with timeout around it that fails the container',
    "timeout 60 sh -c 'until nc -z db 1; do sleep 1; done' || exit 1; /migrate", [['db', 1, 60]]],
  ['a program that waits', './wait-for-it.sh db:5432 -t 30', [['db', 5432, 30]]],
  ['a program that waits, its options first', 'wait-for-it.sh -t 60 db:5432', [['db', 5432, 60]]],
  ['a program that waits for what its options say', 'wait-for-it.sh -h db --port=5432', [['db', 5432, 15]]],
  ['a program that waits for a URL', 'wait-for http://db:5432/x -t 9', [['db', 5432, 9]]],
  ['a program that waits and runs one with such options', 'wait-for-it db:5432 -- psql -h other -p 1',
    [['db', 5432, 15, 'optional']]],
  ['a program that waits as long as it usually does', 'wait-for-it db:5432', [['db', 5432, 15]]],
  ['a program that waits and runs another one in any case', 'wait-for-it db:5432 -- /migrate',
    [['db', 5432, 15, 'optional']]],
  ['a check that fails the container', 'pg_isready -h db && /migrate', [['db', 5432, 'unknown']]],
  ['a check whose failure is taken', 'nc -z db 1 || echo not there', []],
  ['a download', 'curl -fo /data/app.json http://config/app.json', []],
  ['a loop that goes through lines', 'while read host; do nc -z db 1; done < /hosts', []],
  ['a host that only the pod knows', 'until nc -z $HOST 1; do sleep 1; done', [[undefined, 1, 'unbounded']]],
  ['kubectl', 'kubectl -n shop wait --for=condition=complete job/migrate', [[undefined, undefined, 'unknown']]],
  ['kubectl that waits for nothing', 'kubectl get pods', []],
])('reads the waits of %s', (_, script, expected) => {
  expect(waits(script)).toEqual(expected);
});

const LOOP = 'until nc -z db 1; do sleep 1; done';
const NEEDED = [['db', 1, 'unbounded']];
const OPTIONAL = [['db', 1, 'unbounded', 'optional']];

test.each([
  ['a loop until a server is gone', 'while nc -z db 1; do sleep 1; done', []],
  ['a loop until a check fails', 'until ! nc -z db 1; do sleep 1; done', []],
  ['a loop that breaks off when a server is gone', 'while true; do nc -z db 1 || break; sleep 1; done', []],
  ['a loop that goes on while a server is there',
    'while true; do if nc -z db 1; then sleep 1; else break; fi; done', []],
  ['a loop that breaks off when a server is there',
    'while true; do if ! nc -z db 1; then sleep 1; else break; fi; done', NEEDED],
  ['a loop for one of two servers', 'until nc -z db 1 || nc -z b 2; do sleep 1; done',
    [...OPTIONAL, ['b', 2, 'unbounded', 'optional']]],
  ['a loop while two servers are not there', 'while ! nc -z db 1 && ! nc -z b 2; do sleep 1; done',
    [...OPTIONAL, ['b', 2, 'unbounded', 'optional']]],
  ['a loop while one of two servers is not there', 'while ! nc -z db 1 || ! nc -z b 2; do sleep 1; done',
    [...NEEDED, ['b', 2, 'unbounded']]],
  ['a loop that pauses in its condition', 'while ! nc -z db 1 && echo waiting && sleep 1; do :; done', NEEDED],
  ['a loop that pauses in its other condition', 'until nc -z db 1 || { sleep 1; false; }; do :; done', NEEDED],
  ['a loop that compares an answer', 'while [ "$(nc db 1)" != ok ]; do sleep 1; done', NEEDED],
])('%s', (_, script, expected) => {
  expect(waits(script)).toEqual(expected);
});

test.each([
  ['that the first pod leaves out', `[ "${'${HOSTNAME##*-}'}" = 0 ] && exit 0; ${LOOP}`, OPTIONAL],
  ['that every pod but the first gets to', `if [ "$HOSTNAME" != db-0 ]; then ${LOOP}; fi`, OPTIONAL],
  ['behind a condition', `[ -z "$WAIT" ] || ${LOOP}`, OPTIONAL],
  ['in a case', `case $HOSTNAME in *-0) ;; *) ${LOOP} ;; esac`, OPTIONAL],
  ['in a function that is called on a condition', `w() { ${LOOP}; }; [ -n "$WAIT" ] && w`, OPTIONAL],
  ['in a function that is called', `w() { ${LOOP}; }; w`, NEEDED],
  ['in a function that is called by what its variable says', `w() { ${LOOP}; }; "$1"`, NEEDED],
  ['in a function that is not called', `w() { ${LOOP}; }; echo`, []],
  ['in the background', `${LOOP} & echo`, []],
  ['in the background whose end is awaited', `${LOOP} & wait`, NEEDED],
  ['behind a check that fails the container', `[ -n "$A" ] || exit 1; cd /app || exit; ${LOOP}`, NEEDED],
  ['behind a function with an end of its own', `f() { return 0; }; f; (exit 0); ${LOOP}`, NEEDED],
  ['behind what always succeeds', `echo waiting && ${LOOP}`, NEEDED],
])('a loop %s', (_, script, expected) => {
  expect(waits(script)).toEqual(expected);
});

test('a program that waits is optional behind another one that may be enough', () => {
  expect(waits('wait-for-it a:1 || wait-for-it b:2')).toEqual([['a', 1, 15, 'optional'], ['b', 2, 15, 'optional']]);
});

test('a command without a shell waits, too, if it fails until a server is there', () => {
  expect(waitsIn(started(['nc', '-z', 'db', '5432']))).toMatchObject([
    { asked: { host: 'db', port: 5432 }, limit: 'unknown', isOptional: false },
  ]);
});

test('timeout that starts the container is the limit of its loops', () => {
  const container = started(['timeout', '90', 'sh', '-c', 'until nc -z db 5432; do sleep 1; done']);

  expect(waitsIn(container)).toMatchObject([{ limit: 90, isOptional: false }]);
});
