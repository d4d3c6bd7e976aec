/** A real PostgreSQL that is to be started. */
import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderFor, ran, Server } from './server';
import { closedPort } from '../lab/servers';

export const USER = 'postgres';
const INSTALLED = '/usr/lib/postgresql';

/** The folder of the programs of the newest version that is installed. */
export function programs(): string | undefined {
  if (!existsSync(INSTALLED)) return undefined;
  const versions = readdirSync(INSTALLED).sort((one, other) => Number(other) - Number(one));
  return versions.map(version => join(INSTALLED, version, 'bin')).find(folder => existsSync(join(folder, 'initdb')));
}

export interface Database {
  readonly port: number;
  readonly data: string;
  start(): Server;
  /** Connects as a client that stays for a minute. */
  visit(): Server;
}

/** A database that nobody has started yet. */
export async function database(bin: string, hosts: string, settings = ''): Promise<Database> {
  const folder = folderFor(USER);
  const [data, port] = [join(folder, 'data'), await closedPort()];
  ran([join(bin, 'initdb'), '--pgdata', data, '--auth', 'trust', '--username', USER, '--no-sync'], USER);
  appendFileSync(
    join(data, 'postgresql.conf'),
    `port = ${port}\nunix_socket_directories = '${folder}'\nfsync = off\n${settings}\n`,
  );
  writeFileSync(join(data, 'pg_hba.conf'), `local all all trust\n${hosts}\n`);
  return {
    port,
    data,
    start: () => new Server(folder, [join(bin, 'postgres'), '-D', data], { user: USER }),
    visit: () => new Server(
      folder,
      [join(bin, 'psql'), '-h', folder, '-p', `${port}`, '-U', USER, '-c', 'select pg_sleep(60)'],
      { user: USER },
    ),
  };
}
