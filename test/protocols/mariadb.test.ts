/** The check of MySQL beside a real MariaDB, in each of its states. */
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, isUp, withServer } from './asking';
import { folderFor, programOf, ran, Server, stopServersAfterwards, until } from './server';
import { AppProtocol } from '../../src';
import { inLab } from '../lab/container';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const USER = 'mysql';
/** In the lab an address that is no loopback: of those no errors are counted. */
const OUTER = '10.99.0.1';

interface Database {
  readonly port: number;
  readonly server: Server;
  /** Its log. */
  log(): string[];
  /** What this statement answers, cell by cell. */
  query(statement: string): string[][];
  /** Connects as a client that stays for a minute. */
  visit(): Server;
}

/** A database with a user who may come from anywhere. */
async function database(mariadbd: string, settings: string[] = []): Promise<Database> {
  const made = await closedDatabase(mariadbd, settings);
  made.query("create user app@'%' identified by 'secret'");
  return made;
}

/** A database whose users may come from its own machine only. */
async function closedDatabase(mariadbd: string, settings: string[] = []): Promise<Database> {
  const folder = folderFor(USER);
  const [data, socket, port] = [join(folder, 'data'), join(folder, 'socket'), await closedPort()];
  ran(['mariadb-install-db', '--no-defaults', `--datadir=${data}`, '--skip-test-db'], USER);
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost\n${OUTER} client.test\n`);
  const log = join(folder, 'mariadb.err');
  const arguments_ = [
    '--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=0.0.0.0',
    `--user=${USER}`, `--log-error=${log}`, '--performance-schema', '--innodb-buffer-pool-size=16M', ...settings,
  ];
  // It looks the names of its clients up, which must not take a name server.
  const server = new Server(folder, [
    'unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', hosts, mariadbd, ...arguments_,
  ]);
  const client = ['mariadb', '--no-defaults', `--socket=${socket}`, '--user=root', '--skip-column-names', '-e'];
  const query = (statement: string) =>
    ran([...client, statement]).split('\n').slice(0, -1).map(line => line.split('\t'));
  await until('MariaDB', () => {
    try {
      return query('select 1').length > 0;
    } catch {
      return false;
    }
  });
  return {
    port,
    server,
    query,
    log: () => readFileSync(log, 'utf8').split('\n'),
    visit: () => new Server(folder, [...client, 'select sleep(60)']),
  };
}

const ask = (port: number, host?: string) => answerAt(port, AppProtocol.MYSQL, { host });

/** Connects and goes, as a check of plain TCP does. */
function connectAndGo(port: number, times: number): void {
  for (let count = 0; count < times; count++) {
    execFileSync('bash', ['-c', `exec 3<>/dev/tcp/${OUTER}/${port}; read -r -n 1 -u 3; exec 3>&-`]);
  }
}

withServer('MariaDB', programOf('/usr/sbin/mariadbd'), mariadbd => {
  test('it is up when it greets, and logs one line of it', async () => {
    const { port, log } = await database(mariadbd);
    await isUp(port, AppProtocol.MYSQL);
    const before = log().length;

    expect(await ask(port)).toBe('up');

    expect(log().slice(before - 1, -1).map(line => line.replace(/^.*?\[/, '[').replace(/@.*? /, '@… '))).toEqual([
      "[Warning] Access denied for user 'wait-for-service'@… (using password: NO)",
    ]);
  });

  test('no check counts for max_connect_errors; those of plain TCP do, until the host is blocked', async () => {
    if (!inLab) return;
    const { port, query } = await database(mariadbd, ['--max-connect-errors=3']);
    const errors = () => query('select sum_connect_errors, count_host_blocked_errors > 0 '
      + 'from performance_schema.host_cache');

    for (let count = 0; count < 5; count++) expect(await ask(port, OUTER)).toBe('up');
    expect(errors()).toEqual([['0', '0']]);

    connectAndGo(port, 4);
    expect(await ask(port, OUTER)).toBe('host is blocked');
    expect(errors()).toEqual([['3', '1']]);
  });

  test('one that does not let anybody in from here says why it is not up', async () => {
    const { port } = await closedDatabase(mariadbd);

    expect(await ask(port, OUTER)).toMatch(/^refused: Host '.*' is not allowed to connect to this MariaDB server$/);
  });

  test('one whose connections are all in use is not up', async () => {
    const { port, visit, query } = await database(mariadbd, ['--max-connections=10']);
    for (let count = 0; count < 20; count++) visit();
    await until('no room', () => {
      try {
        return query('select count(*) from information_schema.processlist').length === 0;
      } catch {
        return true;
      }
    });

    expect(await ask(port)).toBe('too many connections');
  });

  test('one that wants TLS is up, for it greets without', async () => {
    const { port } = await database(mariadbd, ['--require-secure-transport']);

    expect(await ask(port)).toBe('up');
  });

  test('one that is stopped in its tracks is not up, nor one that has shut down', async () => {
    const { port, server } = await database(mariadbd);
    server.signal('SIGSTOP');
    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);

    await server.stop();
    expect(await ask(port)).toBe('connection refused or no route');
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
});
