/** Whether a port that accepts has a server behind it. */
import * as net from 'net';
import { Worker } from 'worker_threads';
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { sleep } from '../lab/process';
import { run, type Run } from '../lab/run';
import { closeServersAfterwards, httpServer, started, status, tcpServer } from '../lab/servers';
import { inEveryShell, type Case } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const CLOSED = 'accepted and closed at once: a proxy with nothing behind it?';
const tcp = (port: number) => Endpoint.tcp('127.0.0.1', port);
const end = ({ exitCode, last }: Run) => ({ exitCode, last });

type Treats = { readonly [how: string]: (socket: net.Socket) => void };

const GONE: Treats = {
  'is closed at once': socket => void socket.end(),
  'is reset at once': socket => void socket.resetAndDestroy(),
  'is closed after 10 ms': socket => void setTimeout(() => socket.end(), 10),
};

const UP: Treats = {
  'is held': () => undefined,
  'is closed after a word': socket => void socket.end('220 ready\r\n'),
  'is closed after a word without a line break': socket => void socket.end('J'),
  'is closed after a second': socket => void setTimeout(() => socket.end(), 1000),
  'is flooded': socket => void socket.write('x'.repeat(1_000_000)),
};

/** It goes by the name of the port that is asked. */
const WITHOUT_SERVER_AT_FIRST: Treats = {
  'is closed in the first second': socket => {
    const begun = globalThis as { [port: number]: number };
    begun[socket.localPort!] ??= performance.now();
    if (performance.now() < begun[socket.localPort!] + 1000) socket.end();
  },
};

const TREATS = { ...GONE, ...UP, ...WITHOUT_SERVER_AT_FIRST };

/** Servers in a thread that does nothing else: a tenth of a second counts. */
const thread = new Worker(`
  const { parentPort } = require('worker_threads');
  const treats = { ${Object.entries(TREATS).map(([how, treat]) => `${JSON.stringify(how)}: ${treat}`).join(', ')} };
  parentPort.on('message', how => {
    const server = require('net').createServer(socket => treats[how](socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  });
`, { eval: true });
afterAll(() => thread.terminate());

/** The port of a server that treats each connection in one of these ways; they are made one after the other. */
async function serverThat(how: string): Promise<number> {
  const before = queue;
  queue = before.then(() => {
    thread.postMessage(how);
    return new Promise(resolve => thread.once('message', resolve));
  });
  return queue;
}
let queue = Promise.resolve(0);

inEveryShell([
  ...Object.keys(GONE).map(how => [`a connection that ${how} is not up`, async shell => {
    const port = await serverThat(how);

    expect(end(await run(waiting([tcp(port)], { timeout: Duration.seconds(1) }), shell))).toEqual({
      exitCode: 124, last: `gave up: tcp://127.0.0.1:${port}: ${CLOSED} (attempt N), N s of 1 s`,
    });
  }] as Case),
  ...Object.keys(UP).map(how => [`a connection that ${how} is up at once`, async shell => {
    const port = await serverThat(how);

    const { exitCode, lines, seconds } = await run(waiting([tcp(port)]), shell);

    expect({ exitCode, attempts: /\(attempt \d+\)/.exec(lines[0])?.[0], soon: seconds < 3 })
      .toEqual({ exitCode: 0, attempts: '(attempt 1)', soon: true });
  }] as Case),
  ['a proxy whose server comes up is up then, also beside http, and several times in a row', async shell => {
    const { url } = await httpServer(status(200));
    const closingAtFirst = () => serverThat('is closed in the first second');
    const ports = await Promise.all([closingAtFirst(), closingAtFirst(), closingAtFirst()]);

    const runs = await Promise.all([
      run(waiting([tcp(ports[0])]), shell),
      run(waiting([tcp(ports[1]), Endpoint.http(url)]), shell),
      run(waiting([tcp(ports[2])], { successThreshold: 2 }), shell),
    ]);

    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(runs.map(({ said }) => said.find(line => line.includes('closed at once')))).toEqual(
      ports.map(port => `tcp://127.0.0.1:${port}: ${CLOSED} (attempt N), N s of 20 s`),
    );
  }],
  ['of an attempt nothing is left, and the server sees its end', async shell => {
    const { port } = await tcpServer();
    const ended: string[] = [];
    const other = await started(net.createServer(socket => void socket.resume().on('end', () => ended.push('end'))), 0);
    let left: string[] = ['unknown'];

    await run(waiting([tcp(port), tcp(other.port)]), shell, {
      meanwhile: async ({ until, commandLines }) => {
        await until(() => false);
        await sleep(1000);
        left = commandLines().filter(line => line !== '');
      },
    });

    expect({ left, ended }).toEqual({ left: [], ended: ['end', 'end'] });
  }],
]);
