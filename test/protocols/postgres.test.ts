/** The check of PostgreSQL beside a real one, in each of its states. */
import { chmodSync, chownSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, isUp, withServer } from './asking';
import { database, programs, USER } from './postgres';
import { ran, Server, stopServersAfterwards } from './server';
import { AppProtocol } from '../../src';
import { certificate, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const PASSWORD = 'host all all all scram-sha-256';
const ask = (port: number) => answerAt(port, AppProtocol.POSTGRES);

/** What it logs while it is asked once. */
async function loggedBy(server: Server, port: number): Promise<string[]> {
  const before = server.log().length;
  expect(await ask(port)).toBe('up');
  return server.log().slice(before).map(line => line.replace(/^.*?(FATAL|LOG|ERROR)/, '$1'));
}

withServer('PostgreSQL', programs(), bin => {
  test('one that is not started refuses, is up when it asks for a password, and logs nothing of it', async () => {
    const { port, start } = await database(bin, PASSWORD);
    expect(await ask(port)).toBe('connection refused or no route');

    const server = start();
    await isUp(port, AppProtocol.POSTGRES);

    expect(await loggedBy(server, port)).toEqual([]);
  });

  test('one that trusts everybody is up, and logs nothing of it', async () => {
    const { port, start } = await database(bin, 'host all all all trust');
    const server = start();
    await isUp(port, AppProtocol.POSTGRES);

    expect(await loggedBy(server, port)).toEqual([]);
  });

  test('one that rejects us is up, and logs a line of it', async () => {
    const { port, start } = await database(bin, 'host all all all reject');
    const server = start();
    await isUp(port, AppProtocol.POSTGRES);

    expect(await loggedBy(server, port)).toEqual([
      'FATAL:  pg_hba.conf rejects connection for host "127.0.0.1", user "postgres", database "postgres", '
      + 'no encryption',
    ]);
  });

  test('one that wants TLS is up, for it says so only when it has started', async () => {
    const tls = await database(bin, 'hostssl all all all scram-sha-256', 'ssl = on\nhot_standby = off');
    const { uid, gid } = statSync(tls.data);
    for (const [name, text] of [['server.key', certificate!.key], ['server.crt', certificate!.cert]]) {
      writeFileSync(join(tls.data, name), text);
      chownSync(join(tls.data, name), uid, gid);
      chmodSync(join(tls.data, name), 0o600);
    }
    writeFileSync(join(tls.data, 'standby.signal'), '');
    tls.start();

    expect(await answerAt(tls.port, AppProtocol.POSTGRES, { seconds: 6 })).toBe('starting up');
    ran([join(bin, 'pg_ctl'), 'promote', '--pgdata', tls.data], USER);
    await isUp(tls.port, AppProtocol.POSTGRES);
  });

  test('one that is starting is not up until it has started', async () => {
    const standby = await database(bin, PASSWORD, 'hot_standby = off');
    writeFileSync(join(standby.data, 'standby.signal'), '');
    standby.start();
    expect(await answerAt(standby.port, AppProtocol.POSTGRES, { seconds: 6 })).toBe('starting up');

    const up = isUp(standby.port, AppProtocol.POSTGRES);
    ran([join(bin, 'pg_ctl'), 'promote', '--pgdata', standby.data], USER);

    await up;
  });

  test('one that is shutting down is not up', async () => {
    const { port, start, visit } = await database(bin, PASSWORD);
    const server = start();
    await isUp(port, AppProtocol.POSTGRES);
    visit();
    await server.logs('ready to accept');
    await new Promise(resolve => setTimeout(resolve, 500));
    server.signal('SIGTERM');
    await server.logs('received smart shutdown request');

    expect(await ask(port)).toBe('shutting down');
    server.signal('SIGINT');
  });

  test('one that is stopped in its tracks is not up', async () => {
    const { port, start } = await database(bin, PASSWORD);
    const server = start();
    await isUp(port, AppProtocol.POSTGRES);
    server.signal('SIGSTOP');

    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);
  });

  test('one whose connections are all in use is up, as to pg_isready', async () => {
    const full = await database(bin, PASSWORD, [
      'max_connections = 2', 'superuser_reserved_connections = 0', 'max_wal_senders = 0',
    ].join('\n'));
    const server = full.start();
    await isUp(full.port, AppProtocol.POSTGRES);
    for (let count = 0; count < 8; count++) full.visit();
    await server.logs('too many clients already');

    expect(await ask(full.port)).toBe('up');
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
});
