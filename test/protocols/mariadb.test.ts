/** The check of MySQL beside a real MariaDB, in each of its states. */
import { execFileSync } from 'child_process';
import { answerAt, isUp, withServer } from './asking';
import { database, mariadbd, OUTER, type Database } from './mariadb';
import { stopServersAfterwards, until, type Server } from './server';
import { AppProtocol } from '../../src';
import { inLab } from '../lab/container';
import { closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

interface Running extends Database {
  readonly server: Server;
}

/** A database that runs, with a user who may come from anywhere. */
async function runningDatabase(program: string, settings: string[] = []): Promise<Running> {
  const made = await closedDatabase(program, settings);
  made.query("create user app@'%' identified by 'secret'");
  return made;
}

/** A database that runs, whose users may come from its own machine only. */
async function closedDatabase(program: string, settings: string[] = []): Promise<Running> {
  const made = await database(program, settings);
  const server = made.start();
  await until('MariaDB', () => {
    try {
      return made.query('select 1').length > 0;
    } catch {
      return false;
    }
  });
  return { ...made, server };
}

const ask = (port: number, host?: string) => answerAt(port, AppProtocol.MYSQL, { host });

/** Connects and goes, as a check of plain TCP does. */
function connectAndGo(port: number, times: number): void {
  for (let count = 0; count < times; count++) {
    execFileSync('bash', ['-c', `exec 3<>/dev/tcp/${OUTER}/${port}; read -r -n 1 -u 3; exec 3>&-`]);
  }
}

withServer('MariaDB', mariadbd, program => {
  test('it is up when it greets, and logs one line of it', async () => {
    const { port, log } = await runningDatabase(program);
    await isUp(port, AppProtocol.MYSQL);
    const before = log().length;

    expect(await ask(port)).toBe('up');

    expect(log().slice(before - 1, -1).map(line => line.replace(/^.*?\[/, '[').replace(/@.*? /, '@… '))).toEqual([
      "[Warning] Access denied for user 'wait-for-service'@… (using password: NO)",
    ]);
  });

  test('no check counts for max_connect_errors; those of plain TCP do, until the host is blocked', async () => {
    if (!inLab) return;
    const { port, query } = await runningDatabase(program, ['--max-connect-errors=3']);
    const errors = () => query('select sum_connect_errors, count_host_blocked_errors > 0 '
      + 'from performance_schema.host_cache');

    for (let count = 0; count < 5; count++) expect(await ask(port, OUTER)).toBe('up');
    expect(errors()).toEqual([['0', '0']]);

    connectAndGo(port, 4);
    expect(await ask(port, OUTER)).toBe('host is blocked');
    expect(errors()).toEqual([['3', '1']]);
  });

  test('one that does not let anybody in from here says why it is not up', async () => {
    const { port } = await closedDatabase(program);

    expect(await ask(port, OUTER)).toMatch(/^refused: Host '.*' is not allowed to connect to this MariaDB server$/);
  });

  test('one whose connections are all in use is not up', async () => {
    const { port, visit, query } = await runningDatabase(program, ['--max-connections=10']);
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
    const { port } = await runningDatabase(program, ['--require-secure-transport']);

    expect(await ask(port)).toBe('up');
  });

  test('one that is stopped in its tracks is not up, nor one that has shut down', async () => {
    const { port, server } = await runningDatabase(program);
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
