/** Repositories of Git as companies serve them: nginx, which knows who comes, in front of git's own server. */
import { execFileSync, spawn, type ChildProcess } from 'child_process';
import {
  existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'fs';
import { createServer, type Socket } from 'net';
import { join } from 'path';
import { missingGit, type Repository } from './git-servers';
import { find } from './images';
import { isListening, sleep } from './process';
import { closedPort, type Certificate } from './servers';

const NGINX = '/usr/sbin/nginx';
/** What lets nginx call a program for each request. */
const FCGIWRAP = '/usr/sbin/fcgiwrap';

/** What this takes, as far as it is not there. */
export function missingNginx(): string[] {
  return [...missingGit(), ...[NGINX, FCGIWRAP].filter(file => find(file) === undefined)];
}

const running: ChildProcess[] = [];

/** To be called by every test file that has servers of nginx. */
export function stopNginxAfterwards(): void {
  afterAll(() => running.forEach(child => child.kill()));
}

export interface NginxOptions {
  /** Who is let in, as `user:password`. */
  readonly user: string;
  readonly certificate: Certificate;
}

export interface NginxServer {
  /** Of the one repository. */
  readonly url: string;
  /** What nginx has noted: of each request who came, what was asked, and how it was answered. */
  log(): string[];
  /** Lets nginx wait for git's own server, which says nothing. */
  hold(): Promise<void>;
  /** Starts git's own server; until then, and when it was held, nginx answers with 502. */
  startGit(): Promise<void>;
}

/** nginx with https in front of git's own server. */
export async function gitNginx(
  { folder: projects }: Repository,
  { user, certificate }: NginxOptions,
): Promise<NginxServer> {
  const folder = mkdtempSync(join(projects, 'nginx-'));
  const port = await closedPort();
  const [name, password] = user.split(':');
  const files = {
    'cert.pem': certificate.cert,
    'key.pem': certificate.key,
    'users': `${name}:{PLAIN}${password}\n`,
    'nginx.conf': configuration({ folder, projects, port }),
    'access.log': '',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const nginx = start(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]);
  await until(nginx, () => isListening(port));
  const socket = join(folder, 'git.socket');
  const silent = createServer(connection => void held.push(connection));
  const held: Socket[] = [];
  return {
    url: `https://127.0.0.1:${port}/site.git`,
    log: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').slice(0, -1),
    hold: async () => {
      await new Promise<void>(resolve => silent.listen(socket, resolve));
    },
    startGit: async () => {
      silent.close();
      held.forEach(connection => connection.destroy());
      rmSync(socket, { force: true });
      const git = start(FCGIWRAP, ['-c', '2', '-s', `unix:${socket}`]);
      await until(git, () => existsSync(socket));
    },
  };
}

function start(file: string, args: readonly string[]): ChildProcess {
  const child = spawn(file, args, { stdio: 'ignore' });
  running.push(child);
  return child;
}

async function until(child: ChildProcess, condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} has ended with ${child.exitCode}`);
    await sleep(20);
  }
}

interface Places {
  readonly folder: string;
  readonly projects: string;
  readonly port: number;
}

function configuration({ folder, projects, port }: Places): string {
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(each => `${each}_temp_path ${each};`);
  return `daemon off;
user root;
worker_processes 1;
pid nginx.pid;
events {}
http {
  ${temporary.join('\n  ')}
  log_format who '$remote_user $request_method $uri $status';
  access_log access.log who;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    auth_basic git;
    auth_basic_user_file ${folder}/users;
    client_max_body_size 0;
    location / {
      fastcgi_pass unix:${folder}/git.socket;
      fastcgi_param SCRIPT_FILENAME ${program};
      fastcgi_param GIT_PROJECT_ROOT ${projects};
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param GIT_PROTOCOL $http_git_protocol;
      fastcgi_param PATH_INFO $uri;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param REMOTE_USER $remote_user;
    }
  }
}
`;
}
