/** Repositories of Git on 127.0.0.1: git's own server behind http and https, and OpenSSH's. They end with the test. */
import { execFileSync, spawn, type ChildProcess } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import * as http from 'http';
import { join } from 'path';
import { makeEntries, type Entries } from './entries';
import { copyOf, find, put, type Image } from './images';
import { isListening, sleep } from './process';
import { closedPort, httpServer, type Answer, type Server, type ServerCertificate } from './servers';

/** What these servers and their clients are made of, as far as it is not there. */
export function missingGit(): string[] {
  return ['git', 'ssh', 'ssh-keygen', '/usr/sbin/sshd'].filter(name => find(name) === undefined);
}

/** A copy of an image that has git and ssh, too. */
export function withGit(image: Image, folder: string): Image {
  const copy = copyOf(image, folder);
  for (const name of ['git', 'ssh']) put(folder, name, find(name)!);
  // The lines of nobody are those of all images; the step's own file takes their place.
  writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n');
  return copy;
}

const WHO = { NAME: 'a', EMAIL: 'a@b', DATE: '2026-01-01T00:00:00Z' };
const AUTHOR = Object.fromEntries(Object.entries(WHO).flatMap(([name, value]) =>
  [[`GIT_AUTHOR_${name}`, value], [`GIT_COMMITTER_${name}`, value]]));
const ENV = { ...process.env, ...AUTHOR, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** A repository whose work tree is on the branch `main`. */
export class Repository {
  /** What a server serves. */
  public readonly bare: string;
  private readonly work: string;

  public constructor(public readonly folder: string) {
    this.work = join(folder, 'work');
    this.bare = join(folder, 'site.git');
    mkdirSync(this.work);
    this.git('init', '-q', '-b', 'main');
    this.git('clone', '-q', '--bare', this.work, this.bare);
    this.git('remote', 'add', 'origin', this.bare);
  }

  public git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.work, env: ENV, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  /** Commits what is there beside these entries, pushes it to the branch, and returns the commit's id. */
  public commit(entries: Entries, branch = 'main'): string {
    makeEntries(this.work, entries);
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'c');
    this.git('push', '-q', '-f', 'origin', `HEAD:refs/heads/${branch}`);
    return this.git('rev-parse', 'HEAD');
  }
}

/** An empty repository below a folder. */
export function repository(folder: string): Repository {
  return new Repository(mkdtempSync(join(folder, 'repository-')));
}

export interface GitServer {
  /** Of the one repository. */
  readonly url: string;
  readonly requests: http.IncomingMessage[];
}

export interface GitServerOptions {
  /** Answers in place of git's own server, the first to the first request; then it is git's. */
  readonly first?: Answer[];
  /** Who is let in, as `user:password`. */
  readonly user?: string;
  readonly certificate?: ServerCertificate;
  /** Tells what it has, and says nothing more to who wants it. */
  readonly stopsAtFetch?: boolean;
}

/** git's own server behind http. */
export async function gitServer(
  { folder }: Repository,
  { first = [], user, certificate, stopsAtFetch = false }: GitServerOptions = {},
): Promise<GitServer> {
  const wanted = user && `Basic ${Buffer.from(user).toString('base64')}`;
  const server: Server = await httpServer([...first, (request, response) => {
    // It is asked for its references twice.
    if (stopsAtFetch && server.requests.filter(({ method }) => method === 'POST').length > 2) return undefined;
    if (wanted === undefined || request.headers.authorization === wanted) return backend(folder, request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end('go away');
  }], 0, certificate);
  return { url: `${server.url}/site.git`, requests: server.requests };
}

/** Calls git's own program for one request. */
export function backend(folder: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const [path, query = ''] = request.url!.split('?');
  const { headers: asked, method } = request;
  const env = {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: method,
    CONTENT_TYPE: asked['content-type'],
    CONTENT_LENGTH: asked['content-length'],
    HTTP_CONTENT_ENCODING: asked['content-encoding'],
    GIT_PROTOCOL: asked['git-protocol'] as string | undefined,
  };
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (bytes: Buffer) => {
    if (head === undefined) return void response.write(bytes);
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = Object.fromEntries(head.subarray(0, end).toString().split('\r\n').map(line => line.split(': ')));
    response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers);
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  child.on('close', () => response.end());
}

export interface SshServer {
  readonly url: string;
  /** A private key that is let in. */
  readonly key: string;
  readonly knownHosts: string;
}

const running: ChildProcess[] = [];

/** To be called by every test file that has servers of ssh. */
export function stopSshServersAfterwards(): void {
  afterAll(() => running.forEach(child => child.kill()));
}

/** OpenSSH's server, which lets one key in, as root. */
export async function sshServer({ folder, bare }: Repository): Promise<SshServer> {
  for (const name of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  mkdirSync('/run/sshd', { recursive: true });
  chmodSync('/run/sshd', 0o755);
  const port = await closedPort();
  const config = join(folder, 'sshd_config');
  writeFileSync(config, [
    `ListenAddress 127.0.0.1:${port}`, `HostKey ${folder}/host`, `AuthorizedKeysFile ${folder}/user.pub`,
    'StrictModes no', 'UsePAM no', 'PermitRootLogin prohibit-password', 'PidFile none', 'PasswordAuthentication no', '',
  ].join('\n'));
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: 'ignore' });
  running.push(child);
  while (!isListening(port) && child.exitCode === null) await sleep(20);
  return {
    url: `ssh://root@127.0.0.1:${port}${bare}`,
    key: readFileSync(join(folder, 'user'), 'utf8'),
    knownHosts: `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`,
  };
}
