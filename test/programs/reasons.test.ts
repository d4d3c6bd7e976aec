/** No failure is without a reason, and the last line has that of the exit code. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { AppProtocol, Endpoint, FileSource } from '../../src';
import { without, withScripts } from '../lab/images';
import { run, type Run } from '../lab/run';
import { closedPort, closeServersAfterwards, tcpServer } from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { downloading, generating, waiting } from '../lab/steps';
import { cassandraFrame, mysqlError, talker } from '../lab/talkers';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'reasons-'));
afterAll(() => rmSync(folder, { recursive: true }));

const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const timeout = Duration.seconds(2);
const URL = 'http://127.0.0.1:1';
let lastImage = 0;

/** Where the next image can be. */
function imageFolder(): string {
  lastImage += 1;
  return join(folder, `${lastImage}`);
}

inEveryShell([
  ['a curl that says nothing is said to do so', async shell => {
    const image = withScripts({ curl: 'exit 99' }, shell, imageFolder());
    const [wait, download] = await Promise.all(
      [waiting([Endpoint.http(URL)], { timeout }), downloading({ url: URL })].map(step => run(step, image)),
    );

    expect(end(wait)).toEqual({
      exitCode: 124, last: `gave up: ${URL}: curl ended with 99 (attempt N), N s of 2 s`,
    });
    expect(end(download)).toEqual({ exitCode: 1, last: `${URL}: curl ended with 99` });
  }],
  ['a wait that has no time for an attempt says so', async shell => {
    const late = await run(waiting([Endpoint.tcp('127.0.0.1', 1)]), shell, { env: { step_timeout: '0' } });

    expect(end(late)).toEqual({ exitCode: 124, last: 'gave up: tcp://127.0.0.1:1: not tried' });
  }],
  ['an image that lacks curl ends a wait for several endpoints at once, in whatever order they are', async shell => {
    const image = without('curl', shell, imageFolder());
    const tcp = Endpoint.tcp('127.0.0.1', await closedPort());
    const orders = [[tcp, Endpoint.http(URL)], [Endpoint.http(URL), tcp]];
    const ends = await Promise.all(orders.map(endpoints => run(waiting(endpoints), image)));

    expect(ends.map(end)).toEqual([0, 1].map(() => ({ exitCode: 2, last: 'the image lacks curl' })));
    expect(Math.max(...ends.map(({ seconds }) => seconds))).toBeLessThan(10);
  }],
  ['the termination message of a wait for several endpoints names only those that failed', async shell => {
    const [up, closed] = [await tcpServer(), await closedPort()];
    const endpoints = [up.port, closed].map(port => Endpoint.tcp('127.0.0.1', port));

    const { exitCode, message, said } = await run(waiting(endpoints, { timeout }), shell);

    expect({ exitCode, message: message.map(line => line.replace(/: [^:]*$/, '')) })
      .toEqual({ exitCode: 124, message: [`gave up: tcp://127.0.0.1:${closed}`] });
    expect(said).toContain(`tcp://127.0.0.1:${up.port}: up (attempt N), N s of 2 s`);
  }],
  ['a server that refuses without a word is said to do so', async shell => {
    const [mysql, cassandra] = await Promise.all([
      talker(mysqlError(1130, ''), { first: true }), talker(cassandraFrame(0, '\0\0\x10\x02\0\0')),
    ]);
    const ends = await Promise.all([
      Endpoint.tcp('127.0.0.1', mysql.port, { appProtocol: AppProtocol.MYSQL }),
      Endpoint.tcp('127.0.0.1', cassandra.port, { appProtocol: AppProtocol.CASSANDRA }),
    ].map(endpoint => run(waiting([endpoint], { timeout }), shell)));

    expect(ends.map(({ last }) => last.replace(/.*\d: /, ''))).toEqual([
      'refused: no reason given (attempt N), N s of 2 s', 'refused: no reason given (attempt N), N s of 2 s',
    ]);
  }],
  ['a file that cannot be written is never without a reason', async shell => {
    const template = FileSource.inline('text');
    const image = withScripts({ cat: 'exit 9' }, shell, imageFolder());

    expect(end(await run(generating({ template }), image)))
      .toEqual({ exitCode: 1, last: 'cannot write /out/app.conf: no reason given' });
  }],
]);
