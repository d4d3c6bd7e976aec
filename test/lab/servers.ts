/** Servers on 127.0.0.1 that end with the test. */
import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import * as http from 'http';
import * as https from 'https';
import * as net from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { faketime } from './faketime';
import { find } from './images';

export type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server that listens. */
interface Listening {
  readonly port: number;
  close(): void;
}

export interface Server extends Listening {
  /** `http://127.0.0.1:port`, or https. */
  readonly url: string;
  /** What came. */
  readonly requests: http.IncomingMessage[];
}

const open: { close(): void }[] = [];

/** To be called by every test file that has servers. */
export function closeServersAfterwards(): void {
  afterAll(() => open.forEach(server => server.close()));
}

/** Lets a server listen until the test ends. */
export async function started(server: net.Server, port: number, host = '127.0.0.1'): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on('connection', socket => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.listen(port, host, resolve).on('error', reject));
  const handle = {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
    },
  };
  open.push(handle);
  return handle;
}

/** Accepts connections and says nothing. */
export function tcpServer(port = 0): Promise<Listening> {
  return started(net.createServer(), port);
}

/** The first request gets the first answer and so on; the last one stays. */
export async function httpServer(
  answers: Answer | Answer[], port = 0, certificate?: ServerCertificate, host?: string,
): Promise<Server> {
  const requests: http.IncomingMessage[] = [];
  const list = [answers].flat();
  const listener: Answer = (request, response) => {
    requests.push(request);
    list[Math.min(requests.length, list.length) - 1](request, response);
  };
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener);
  const handle = await started(server, port, host);
  return { ...handle, requests, url: `${certificate ? 'https' : 'http'}://127.0.0.1:${handle.port}` };
}

export function status(code: number, body = ''): Answer {
  return (_, response) => response.writeHead(code).end(body);
}

export function redirect(location: string): Answer {
  return (_, response) => response.writeHead(302, { location }).end();
}

/** Redirects from `/3` to `/2`, and so on, until `/0`, which is there. */
export const countdown: Answer = (request, response) => {
  const left = Number(request.url!.slice(1));
  if (left > 0) response.writeHead(302, { location: `/${left - 1}` });
  response.end('there');
};

/** Announces more than it sends. */
export function truncated(body: Buffer): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100), () => setTimeout(() => response.destroy(), 50));
  };
}

/** How a server of ranges is worse than it should be. */
interface RangeFaults {
  /** Its answers break off behind so many bytes, one after the other; the last one is whole. */
  readonly breaksAfter?: number[];
  /** It always begins at the beginning. */
  readonly ignoresRanges?: boolean;
}

/** Answers with what is behind the beginning that somebody has already. */
export function ranges(body: Buffer, { breaksAfter = [], ignoresRanges = false }: RangeFaults = {}): Answer {
  const breaks = [...breaksAfter];
  return (request, response) => {
    const asked = ignoresRanges ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const from = Number(asked?.[1] ?? 0);
    if (from > 0 && from >= body.length) {
      response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
      return;
    }
    const partial = { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
    response.writeHead(asked ? 206 : 200, { 'content-length': body.length - from, ...asked ? partial : {} });
    const some = breaks.shift();
    if (some === undefined) response.end(body.subarray(from));
    else response.write(body.subarray(from, from + some), () => setTimeout(() => response.destroy(), 50));
  };
}

/** One byte every tenth of a second, for ever. */
export const drip: Answer = (_, response) => {
  const timer = setInterval(() => response.write('x'), 100);
  response.on('close', () => clearInterval(timer));
};

/** As much as there is, for ever, without saying how much. */
export const endless: Answer = (_, response) => {
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(1000))) continue;
  };
  response.on('drain', more);
  more();
};

const closedPorts = new Set<number>();

/** A port on which nothing listens, below those that the system gives to connections. */
export async function closedPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (closedPorts.has(port)) continue;
    closedPorts.add(port);
    try {
      const handle = await started(net.createServer(), port);
      await new Promise<void>(resolve => {
        handle.close();
        setTimeout(resolve, 10);
      });
      return port;
    } catch {
      // taken
    }
  }
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** That of a server, which may let only those clients in whose certificates are among `ca`. */
export interface ServerCertificate extends Certificate {
  readonly ca?: string;
  readonly requestCert?: boolean;
}

/** A certificate for 127.0.0.1 that only itself vouches for; undefined without openssl. */
export const certificate: Certificate | undefined = find('openssl') === undefined ? undefined : makeCertificate();

/** Another one, of another key. */
export const otherCertificate: Certificate | undefined = certificate && makeCertificate();

/** How a certificate differs from one that is in order. */
export interface Flaw {
  /** Its own name, for which 127.0.0.1 is none. */
  readonly subject?: string;
  /** It becomes valid after so many seconds. Needs libfaketime. */
  readonly validIn?: number;
}

/** A certificate that only itself vouches for. Needs openssl. */
export function makeCertificate({ subject, validIn }: Flaw = {}): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
      '-subj', `/CN=${subject ?? 'test'}`, ...subject === undefined ? ['-addext', 'subjectAltName=IP:127.0.0.1'] : [],
      '-keyout', 'key.pem', '-out', 'cert.pem',
    ], {
      cwd: folder,
      stdio: 'pipe',
      env: { ...process.env, ...validIn === undefined ? {} : { LD_PRELOAD: faketime, FAKETIME: `+${validIn}s` } },
    });
    return { key: readFileSync(join(folder, 'key.pem'), 'utf8'), cert: readFileSync(join(folder, 'cert.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
