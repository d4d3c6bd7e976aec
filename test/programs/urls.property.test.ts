/** Whatever bytes stand where a URL, a host or a port should: none of them is run or said, and the step ends. */
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Endpoint } from '../../src';
import { run } from '../lab/run';
import { inEveryShell, type Shell } from '../lab/shells';
import { secret, waiting } from '../lab/steps';

const folder = mkdtempSync(join(tmpdir(), 'urls-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** It is made if something of a value is run as a program. */
const FLAG = join(folder, 'flag');
/** What no log may hold. It cannot be a host or a port, which are said. */
const SECRET = 'TOP~SECRET';
/** The same where it could be a host or a path. */
const MARKER = 'hunter3';
const RUNS = 60;
const SEED = 11;

const piece = fc.constantFrom(
  'postgres', 'postgresql+x', 'mysql', 'rediss', 'mongodb', 'mongodb+srv', 'http', 'https', 'tcp', 'jdbc:', '://', ':',
  '/', '//', '@', '?', '#', '&', ',', '[', ']', '::1', '127.0.0.1', '1', '65536', '-', '.', '%40', '+', '=', '*', '\\',
  '"', "'",
  ' ', '\t', '\r', '\n', '\u001b[31m', 'é', '€', SECRET,
  `$(touch ${FLAG})`, `\`touch ${FLAG}\``, `; touch ${FLAG};`,
  `$${'{'}step_timeout}`, '~', '!', '$', '\u007f',
);
const mixed = fc.array(piece, { maxLength: 12 }).map(parts => parts.join(''));
const characters = fc.string({ maxLength: 40, unit: 'binary' }).map(text => text.replaceAll('\0', ''));
/** Nearly right, with odd things in the parts that are dropped. */
const nearly = fc.tuple(fc.constantFrom('postgres', 'amqps', 'http', 'redis'), mixed, mixed, mixed).map(
  ([scheme, user, path, query]) => `${scheme}://${user}${SECRET}:${SECRET}@127.0.0.1:1/${path}?${SECRET}${query}`,
);
const value = fc.oneof(mixed, characters, nearly, fc.tuple(nearly, mixed).map(parts => parts.join('')));

/** A user and a password as they are, though a URL would want some of their characters in percent codes. */
const odd = fc.array(fc.constantFrom('@', '/', '?', '#', ':', '12', MARKER), { maxLength: 6 });
const raw = fc.tuple(
  fc.constantFrom('postgres', 'jdbc:mysql', 'mongodb', 'redis', 'tcp', 'http', 'https'), odd, odd,
  fc.constantFrom('', '/', '/shop', '/shop?sslmode=require'),
).map(([scheme, user, password, rest]) =>
  `${scheme}://${user.join('')}:${password.join('')}${MARKER}@127.0.0.1:1${rest}`);

/** Of what is wrong, and of what is waited for: nothing listens there. */
const SAID = new RegExp(`^(${[
  '(URL|scheme|host|port|path) of endpoint 1 [ -~]+',
  '(gave up: )?(postgres|mysql|redis|mongodb|tls|tcp|https?)://[!-~]+: [ -~]+ \\(attempt N\\), N s of 1 s',
].join('|')})$`);

/** What becomes of a wait that is told these values. */
async function outcome(endpoint: Endpoint, secrets: { [key: string]: string }, shell: Shell): Promise<object> {
  const container = waiting([endpoint], { timeout: Duration.seconds(1) });
  const { exitCode, said, lines } = await run(container, shell, { secrets });
  return {
    secrets,
    ends: exitCode === 2 || exitCode === 124,
    odd: said.filter(line => !SAID.test(line)),
    secret: lines.filter(line => line.includes('SECRET') && !/ https?:\/\//.test(line)), // whose path is said
    wasRun: existsSync(FLAG),
  };
}

const IS_FINE = { ends: true, odd: [], secret: [], wasRun: false };

inEveryShell([
  ['no value of a URL crashes the step, is run, or is said', async shell => {
    const urls = fc.sample(value, { numRuns: RUNS, seed: SEED + shell.name.length * 100 });

    const outcomes = await Promise.all(urls.map(url => outcome(Endpoint.urlFrom(secret('url')), { url }, shell)));

    expect(outcomes).toEqual(urls.map(url => ({ secrets: { url }, ...IS_FINE })));
  }],
  ['nothing of a user and a password is said, whatever stands in them', async shell => {
    const urls = fc.sample(raw, { numRuns: 2 * RUNS, seed: SEED + shell.name.length * 100 });

    const outcomes = await Promise.all(urls.map(async url => {
      const container = waiting([Endpoint.urlFrom(secret('url'))], { timeout: Duration.seconds(1) });
      const { lines } = await run(container, shell, { secrets: { url } });
      return { url, said: lines.filter(line => line.includes(MARKER)) };
    }));

    expect(outcomes).toEqual(urls.map(url => ({ url, said: [] })));
  }],
  ['nor does one of a host or a port', async shell => {
    const pairs = fc.sample(fc.tuple(value, value), { numRuns: RUNS / 2, seed: SEED + shell.name.length * 100 });
    const endpoint = Endpoint.tcpFrom(secret('host'), secret('port'));

    const outcomes = await Promise.all(pairs.flatMap(([host, port]) => [
      outcome(endpoint, { host, port: '1' }, shell), outcome(endpoint, { host: '127.0.0.1', port }, shell),
    ]));

    expect(outcomes).toEqual(outcomes.map(each => ({ ...each, ...IS_FINE })));
  }],
]);
