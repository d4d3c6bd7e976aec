/** A name server that remembers, as it stands between pods and what knows their names: CoreDNS with its cache. */
import { spawn } from 'child_process';
import { promises } from 'dns';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { nameServerAddress, type NameServer } from './dns';
import { find, made } from './images';
import { sleep } from './process';

/** Its program, if `.ci/lab` has made it. */
export const coredns = made('coredns') ?? find('coredns');

export interface CachingServer {
  readonly address: string;
  close(): void;
}

const NO_SERVER = ['ECONNREFUSED', 'ETIMEOUT'];

/** Resolves when somebody answers there, be it that there is no such name. */
async function answers(address: string): Promise<void> {
  const resolver = new promises.Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([address]);
  for (let attempt = 0; attempt < 60; attempt++) {
    const code = await resolver.resolve4('nobody.test').then(() => '', (error: NodeJS.ErrnoException) => error.code!);
    if (!NO_SERVER.includes(code)) return;
    await sleep(100);
  }
  throw new Error(`CoreDNS does not answer at ${address}`);
}

/** Starts one that asks `server` what it does not remember; `cache` is that line of its Corefile. */
export async function cachingServer(server: NameServer, cache: string): Promise<CachingServer> {
  const folder = mkdtempSync(join(tmpdir(), 'coredns-'));
  const [file, address] = [join(folder, 'Corefile'), nameServerAddress()];
  writeFileSync(file, `.:53 {\n bind ${address}\n ${cache}\n forward . ${server.address}\n}\n`);
  const child = spawn(coredns!, ['-conf', file], { stdio: 'ignore' });
  const close = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  await answers(address);
  return { address, close };
}
