import { operands, optionOf } from '../../../src/cli/shell/command';
import { failureOf, isGuarded, loopAround } from '../../../src/cli/shell/context';
import { hasLimit } from '../../../src/cli/shell/limit';
import { askedBy } from '../../../src/cli/shell/waits';
import { running, started } from '../manifests';

function only(script: string, name: string) {
  const container = running(script);
  const [command] = container.commands.filter(each => each.name === name);
  return { ...container, script: container.script!, command };
}

test.each([
  ['timeout 5 nc -z db 5432', ['timeout']],
  ['exec env A=1 /usr/bin/nc -z db 5432', ['exec', 'env']],
  ['timeout -s KILL -k 2 5 busybox nc -z db 5432', ['timeout', 'busybox']],
  ["sh -c 'nc -z db 5432'", []],
])('the command of %s is nc', (script, starters) => {
  const { command } = only(script, 'nc');

  expect([command.starters, operands(command)]).toEqual([starters, ['db', '5432']]);
});

test('variables of the program and of the container are known where they are set once', () => {
  const words = (script: string) =>
    only(script, 'nc').command.args.map(({ value }) => value);

  expect(words('HOST=db; nc -z $HOST "${PORT}"')).toEqual(['-z', 'db', undefined]);
  expect(words('HOST=a; HOST=b; nc $HOST')).toEqual([undefined]);
  expect(words('HOST=db; nc "${HOST:?}" ${HOST?is missing}')).toEqual(['db', 'db']);
  expect(words('for HOST in a b; do nc $HOST; done')).toEqual([undefined]);
  expect(words('if [ -z "$HOST" ]; then HOST=localhost; fi; nc $HOST')).toEqual([undefined]);
  expect(words('[ -n "$HOST" ] || HOST=localhost; nc $HOST')).toEqual([undefined]);
});

test.each([
  ['-h', '-h db', 'db'],
  ['-hdb', '-hdb', 'db'],
  ['--host', '--host db', 'db'],
  ['--host=', '--host=db', 'db'],
  ['none', '--port=1', undefined],
])('an option is read as %s', (_, text, value) => {
  expect(optionOf(only(`psql ${text}`, 'psql').command, 'h', '--host')?.value).toBe(value);
});

test.each([
  ['nc -zv -w 2 db 5432', 'nc', { kind: 'tcp', host: 'db', port: 5432 }],
  ['nslookup db.$(cat /run/secrets/namespace).svc.cluster.local', 'nslookup', { kind: 'name', host: 'db' }],
  ['nslookup "db.${POD_NAMESPACE}.svc"', 'nslookup', { kind: 'name', host: 'db' }],
  ['nslookup db.$OTHER_NS.svc', 'nslookup', { kind: 'name', host: undefined }],
  ['nslookup $DB', 'nslookup', { kind: 'name', host: undefined }],
  ['getent hosts db', 'getent', { kind: 'name', host: 'db' }],
  [
    'curl -fsS "https://api.shop/healthz"',
    'curl',
    { kind: 'http', host: 'api.shop', port: 443, url: 'https://api.shop/healthz' },
  ],
  [
    'curl -f http://api:8080/$X',
    'curl',
    { kind: 'http', host: 'api', port: 8080, url: undefined },
  ],
  [
    'pg_isready -h db -U app',
    'pg_isready',
    { kind: 'tcp', host: 'db', port: 5432, appProtocol: 'POSTGRES' },
  ],
  [
    'mysqladmin ping -hdb -P 3307',
    'mysqladmin',
    { kind: 'tcp', host: 'db', port: 3307, appProtocol: 'MYSQL' },
  ],
  [
    'wait-for-it.sh db:5432 -t 0',
    'wait-for-it.sh',
    { kind: 'tcp', host: 'db', port: 5432 },
  ],
  ['echo > /dev/tcp/db/5432', 'echo', { kind: 'tcp', host: 'db', port: 5432 }],
  ['cat /etc/hosts', 'cat', undefined],
  ['curl -fsS -m 5 --retry 3 api:8080', 'curl', { kind: 'http', host: 'api', port: 8080, url: 'api:8080' }],
  ['wget -q -T 5 -O f api/f', 'wget', { kind: 'http', host: 'api', port: 80, url: 'api/f' }],
])('%s asks', (script, name, asked) => {
  expect(askedBy(only(script, name).command)).toEqual(asked);
});

test.each([
  ['until nc -z db 1; do sleep 1; done', false],
  ['while ! nc -z db 1; do sleep 1; exit 0; done', false],
  ['until nc -z db 1; do i=$((i+1)); [ $i -gt 9 ] && exit 1; sleep 1; done', true],
  ['until nc -z db 1 || [ $n -ge 30 ]; do n=$((n+1)); sleep 1; done', true],
  ['until nc -z db 1 || [ "$n" = 30 ]; do n=`expr $n + 1`; sleep 1; done', true],
  ['until nc -z db 1; do if [ $((n++)) -gt 9 ]; then break; fi; sleep 1; done', true],
  ['while ! nc -z db 1 && ((n++ < 30)); do sleep 1; done', true],
  ['while ! nc -z db 1 && let n--; do sleep 1; done', true],
  ['while [[ $SECONDS -lt 60 ]]; do nc -z db 1 && break; done', true],
  ['while true; do nc -z db 1 && break; n+=1; [[ $n == 1111 ]] && break; done', true],
  ['while true; do if nc -z db 1; then break; elif [ $i -eq 9 ]; then break; fi; i=$((i+1)); done', true],
  ['until nc -z db 1 || [ $n -ge 30 ]; do sleep 1; done', false],
  ['until [ "$(nc -z db 1; echo $?)" -eq 0 ]; do sleep 1; done', false],
  ['until nc -z db 1; do sleep $DELAY; DELAY=$((DELAY*2)); done', false],
  ['until nc -z db 1; do D=$((D*2)); [ $D -gt 60 ] && D=60; sleep $D; done', false],
  ['until nc -z db 1; do echo "$(date) waiting"; sleep 1; done', false],
  ['until nc -z db 1; do n=$((n+1)); [ $n -gt 9 ] && echo "still waiting"; sleep 1; done', false],
  ['until [ "$s" -eq 0 ]; do s=$(nc -z db 1; echo $?); sleep 1; done', false],
  [
    'end=$(( $(date +%s) + 60 )); until nc -z db 1; do [ $(date +%s) -lt $end ] || break; done',
    true,
  ],
])('whether %s ends some day', (script, limit) => {
  expect(hasLimit(loopAround(only(script, 'nc').command)!)).toBe(limit);
});

test.each([
  ['while read host; do nc -z $host 80; done < /hosts'],
  ['cat /hosts | while IFS=: read -r host port; do nc -z $host $port; done'],
  ['while [ $# -gt 0 ]; do nc -z $1 80; shift; done'],
  ['set -- a b; while shift; do nc -z $1 80; done'],
])('%s goes through a list, and waits for nothing', script => {
  expect(loopAround(only(script, 'nc').command)).toBeUndefined();
});

test('a wait may be within a loop that goes through a list', () => {
  const { command } = only('while read host; do until nc -z $host 80; do sleep 1; done; done', 'nc');

  expect(loopAround(command)?.kind).toBe('until');
});

test.each([
  ['cp a b', 'ends'],
  ['cp a b; echo done', 'ignored'],
  ['set -e; cp a b; echo done', 'ends'],
  ['cp a b && echo done', 'ends'],
  ['cp a b && echo copied; echo done', 'ignored'],
  ['set -e; cp a b && echo copied; echo done', 'ignored'],
  ['cp a b || true', 'handled'],
  ['if cp a b; then echo; fi', 'handled'],
  ['cp a b; code=$?; exit $code', 'handled'],
  ['cp a b & wait', 'handled'],
])('the failure of cp in %s', (script, failure) => {
  const { command, script: program } = only(script, 'cp');

  expect(failureOf(command, program)).toBe(failure);
});

test.each([
  ['git clone x /a', false],
  ['[ -d /a ] || git clone x /a', true],
  ['if [ ! -d /a ]; then git clone x /a; fi', true],
  ['if [ -d /a ]; then exit 0; fi; git clone x /a', true],
  ['git clone x /a; [ -d /a ]', false],
])('whether %s asks first', (script, guarded) => {
  const { command, commands } = only(script, 'git');

  expect(isGuarded(command, commands)).toBe(guarded);
});

test.each([
  [['sh', '-c'], false, false],
  [['sh', '-ec'], true, false],
  [['sh', '-ce'], true, false],
  [['sh', '-cx'], false, false],
  [['bash', '-Ec'], false, false],
  [['sh', '-c', '-e'], true, false],
  [['bash', '-euo', 'pipefail', '-c'], true, true],
  [['bash', '-o', 'errexit', '-c'], true, false],
  [['bash', '-ceuo', 'pipefail', '--'], true, true],
  [['bash', '--norc', '--rcfile', '/x', '-ec'], true, false],
  [['bash', '-e', '+e', '-c'], false, false],
])('%j reads its program, and ends at a failure: %j, in a pipe, too: %j', (command, ends, inPipe) => {
  const { commands, script } = started([...command, 'cp a b']);

  expect(commands.map(({ name }) => name)).toEqual(['cp']);
  expect([script?.endsAtFailure, script?.hasPipefail]).toEqual([ends, inPipe]);
});

test.each([
  ['set -e; set +e', false, false],
  ['set -o errexit -o pipefail', true, true],
  ['set -euo pipefail; set +o pipefail', true, false],
  ['set -- -e', false, false],
  ["trap 'exit 1' ERR", true, false],
  ["trap 'echo done' EXIT", false, false],
  ['if [ -n "$DEBUG" ]; then set -e; fi', false, false],
])('the program %j ends at a failure: %j, in a pipe, too: %j', (program, ends, inPipe) => {
  const { script } = running(program);

  expect([script?.endsAtFailure, script?.hasPipefail]).toEqual([ends, inPipe]);
});

test('the commands of a shell in a program are read with any options', () => {
  const names = running("sh -cx 'cp a b'; bash -euo pipefail -c 'mv a b'").commands.map(({ name }) => name);

  expect(names).toEqual(['sh', 'cp', 'bash', 'mv']);
});
