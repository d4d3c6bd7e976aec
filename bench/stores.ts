/** Real servers beside which the clients that people wait with are measured. */
import { execFileSync } from 'child_process';
import { realpathSync, statSync } from 'fs';
import { join } from 'path';
import { AppProtocol } from '../src';
import { find } from '../test/lab/images';
import { sleep } from '../test/lab/process';
import { closedPort } from '../test/lab/servers';
import * as mariadb from '../test/protocols/mariadb';
import * as postgres from '../test/protocols/postgres';
import { folderFor, programOf, Server } from '../test/protocols/server';

export const STORES = ['PostgreSQL', 'Redis', 'MariaDB'] as const;

/** A server that nobody has started yet. */
export interface Store {
  readonly name: (typeof STORES)[number];
  readonly appProtocol: AppProtocol;
  readonly port: number;
  /** The client's program. */
  readonly client: string;
  /** What asks once, with `HOST` and `PORT` in place of the address. */
  readonly asks: string;
  /** Starts it, and resolves as soon as it says that it is ready. */
  start(): Promise<Server>;
}

/** Resolves as soon as its log says this once more than before. */
async function saysAgain(text: string, log: () => string[], start: () => Server): Promise<Server> {
  const count = (lines: readonly string[]) => lines.filter(line => line.includes(text)).length;
  const server = start();
  for (const before = count(log()); count(log()) === before; await sleep(10)) continue;
  return server;
}

async function postgresStore(): Promise<Store | undefined> {
  const bin = postgres.programs();
  if (bin === undefined) return undefined;
  const { port, start } = await postgres.database(bin, 'host all all all scram-sha-256');
  let server: Server | undefined;
  return {
    name: 'PostgreSQL',
    appProtocol: AppProtocol.POSTGRES,
    port,
    client: join(bin, 'pg_isready'),
    asks: 'pg_isready -h HOST -p PORT',
    start: () => saysAgain('ready to accept connections', () => server?.log() ?? [], () => (server = start())),
  };
}

async function redisStore(): Promise<Store | undefined> {
  const [program, client] = [programOf('redis-server'), find('redis-cli')];
  if (program === undefined || client === undefined) return undefined;
  const [folder, port] = [folderFor(), await closedPort()];
  const command = [program, '--port', `${port}`, '--dir', folder, '--save', ''];
  let server: Server | undefined;
  return {
    name: 'Redis',
    appProtocol: AppProtocol.REDIS,
    port,
    client,
    asks: 'redis-cli -h HOST -p PORT ping',
    start: () => saysAgain(
      'Ready to accept connections', () => server?.log() ?? [], () => (server = new Server(folder, command)),
    ),
  };
}

async function mariadbStore(): Promise<Store | undefined> {
  const client = find('mysqladmin');
  if (mariadb.mariadbd === undefined || client === undefined) return undefined;
  const { port, start, log } = await mariadb.database(mariadb.mariadbd);
  return {
    name: 'MariaDB',
    appProtocol: AppProtocol.MYSQL,
    port,
    client,
    asks: 'mysqladmin ping -h HOST -P PORT',
    start: () => saysAgain('ready for connections', log, start),
  };
}

/** Those that are installed with their clients. */
export async function stores(): Promise<Store[]> {
  const all = [await postgresStore(), await redisStore(), await mariadbStore()];
  return all.flatMap(store => store ?? []);
}

/** The MiB of a program and of the libraries that it loads. */
export function sizeOf(program: string): number {
  const files = [program, ...librariesOf(program)].map(file => realpathSync(file));
  return [...new Set(files)].reduce((sum, file) => sum + statSync(file).size, 0) / 2 ** 20;
}

function librariesOf(program: string): string[] {
  try {
    const said = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...said.matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file);
  } catch {
    return []; // it is static
  }
}
