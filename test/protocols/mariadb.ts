/** A real MariaDB that is to be started. */
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderFor, programOf, ran, Server } from './server';
import { closedPort } from '../lab/servers';

const USER = 'mysql';
/** In the lab an address that is no loopback: of those no errors are counted. */
export const OUTER = '10.99.0.1';

/** The server's program, if it is installed. */
export const mariadbd = programOf('/usr/sbin/mariadbd');

export interface Database {
  readonly port: number;
  start(): Server;
  /** Its log. */
  log(): string[];
  /** What this statement answers, cell by cell. */
  query(statement: string): string[][];
  /** Connects as a client that stays for a minute. */
  visit(): Server;
}

/** A database that nobody has started yet, whose users may come from its own machine only. */
export async function database(program: string, settings: string[] = []): Promise<Database> {
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
  const client = ['mariadb', '--no-defaults', `--socket=${socket}`, '--user=root', '--skip-column-names', '-e'];
  return {
    port,
    // It looks the names of its clients up, which must not take a name server.
    start: () => new Server(folder, [
      'unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', hosts, program, ...arguments_,
    ]),
    query: statement => ran([...client, statement]).split('\n').slice(0, -1).map(line => line.split('\t')),
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []),
    visit: () => new Server(folder, [...client, 'select sleep(60)']),
  };
}
