/** The check of Redis beside a real Redis and a real Valkey, in each of their states. */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, answerToUrl, isUp, withServer, withServerIfThere } from './asking';
import { folderFor, MADE, programOf, ran, Server, stopServersAfterwards, until } from './server';
import { AppProtocol } from '../../src';
import { certificate, closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

interface Store {
  readonly port: number;
  readonly server: Server;
  /** What the command answers. */
  command(...words: string[]): string;
}

const ask = (port: number) => answerAt(port, AppProtocol.REDIS);
const up = (port: number) => isUp(port, AppProtocol.REDIS);

function checks(program: string, client: string): void {
  async function store(settings: string[] = [], folder = folderFor()): Promise<Store> {
    const port = await closedPort();
    const server = new Server(folder, [program, '--port', `${port}`, '--dir', folder, '--save', '', ...settings]);
    return { port, server, command: (...words) => ran([client, '-p', `${port}`, ...words]) };
  }

  test('it is up when it answers, and logs nothing of it; before, it refuses', async () => {
    expect(await ask(await closedPort())).toBe('connection refused or no route');
    const { port, server } = await store();
    await up(port);
    const before = server.log().length;

    expect(await ask(port)).toBe('up');
    expect(server.log().slice(before)).toEqual([]);
  });

  test('one that wants a password is up', async () => {
    const { port } = await store(['--requirepass', 'secret']);

    await up(port);
  });

  test('one that does not let us ask is up', async () => {
    const { port, command } = await store();
    await up(port);
    command('acl', 'setuser', 'default', '-ping');

    expect(await ask(port)).toBe('up');
  });

  test('one that loads its dataset is not up until it is there; with a password it does not say so', async () => {
    const folder = folderFor();
    const first = await store(['--enable-debug-command', 'yes'], folder);
    await up(first.port);
    first.command('debug', 'populate', '3000');
    first.command('save');
    await first.server.stop();
    const slowly = ['--key-load-delay', '2000', '--loading-process-events-interval-bytes', '1024'];

    const [loading, secured] = [await store(slowly, folder), await store([...slowly, '--requirepass', 'x'], folder)];

    expect(await ask(loading.port)).toBe('loading the dataset');
    expect(await ask(secured.port)).toBe('up');
    await up(loading.port);
    expect(loading.command('dbsize')).toBe('3000\n');
  });

  test('a replica without its master is not up, if it answers with nothing old', async () => {
    const { port } = await store([
      '--replicaof', `127.0.0.1 ${await closedPort()}`, '--replica-serve-stale-data', 'no',
    ]);

    expect(await answerAt(port, AppProtocol.REDIS, { seconds: 6 })).toBe('no link to its master');
  });

  test('one that is busy with a script is not up', async () => {
    const { port, command } = await store(['--lua-time-limit', '100']);
    await up(port);
    const script = new Server(folderFor(), [client, '-p', `${port}`, 'eval', 'while true do end', '0']);
    await until('a script', () => command('ping').includes('BUSY'));

    expect(await ask(port)).toBe('busy with a script');
    await script.stop();
  });

  test('one whose connections are all in use is not up', async () => {
    const { port } = await store(['--maxclients', '1']);
    await up(port);
    new Server(folderFor(), ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 60`]);
    await until('a client', async () => await ask(port) !== 'up', 20);

    expect(await ask(port)).toBe('too many connections');
  });

  test('one that wants TLS closes the connection, as a proxy without a server does', async () => {
    const [folder, port] = [folderFor(), await closedPort()];
    writeFileSync(join(folder, 'key'), certificate!.key);
    writeFileSync(join(folder, 'cert'), certificate!.cert);
    const server = new Server(folder, [
      program, '--port', '0', '--tls-port', `${port}`, '--tls-cert-file', 'cert', '--tls-key-file', 'key',
      '--tls-ca-cert-file', 'cert', '--tls-auth-clients', 'no',
    ]);
    await server.logs('Ready to accept');

    expect(await ask(port)).toBe('closed without an answer; another protocol, TLS, or a proxy without a server?');
    const before = server.log().length;
    expect(await answerToUrl(`rediss://:password@127.0.0.1:${port}/0`)).toBe('up');
    expect(server.log().slice(before)).toEqual([]);
  });

  test('one that is stopped in its tracks is not up, nor one that has shut down', async () => {
    const { port, server } = await store();
    await up(port);
    server.signal('SIGSTOP');
    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);

    await server.stop();
    expect(await ask(port)).toBe('connection refused or no route');
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
}

withServer('Redis', programOf('redis-server'), program => checks(program, 'redis-cli'));
withServerIfThere('Valkey', programOf(join(MADE, 'valkey/valkey-server')), program =>
  checks(program, join(MADE, 'valkey/valkey-cli')));
