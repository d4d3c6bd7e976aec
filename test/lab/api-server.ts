/** An API server as far as a wait for conditions sees it: objects, watches, and all that can go wrong with them. */
import type { IncomingMessage, ServerResponse } from 'http';
import * as https from 'https';
import type { AddressInfo } from 'net';
import type { Duplex } from 'stream';
import { certificate, type Answer } from './servers';

/** An object of Kubernetes; of its metadata only what a test needs. */
export interface KubeObject {
  readonly metadata?: { readonly [name: string]: unknown };
  readonly [name: string]: unknown;
}

interface Watcher {
  readonly path: string;
  readonly response: ServerResponse;
}

const servers: ApiServer[] = [];

/** To be called by every test file that has such servers. */
export function closeApiServersAfterwards(): void {
  afterAll(() => servers.forEach(server => server.stop()));
}

export async function apiServer(objects: { [path: string]: KubeObject } = {}): Promise<ApiServer> {
  const server = new ApiServer();
  for (const [path, object] of Object.entries(objects)) server.apply(path, object);
  await server.start();
  servers.push(server);
  return server;
}

export class ApiServer {
  public port = 0;
  /** `get PATH` or `watch PATH from VERSION`, as they came. */
  public readonly requests: string[] = [];
  /** Who may ask; by default whoever has a token. */
  public token?: string;

  private readonly objects = new Map<string, KubeObject>();
  private readonly sockets = new Set<Duplex>();
  private watchers: Watcher[] = [];
  private version = 100;
  private server?: https.Server;

  /** Answers in the place of the server, where there is one. */
  public instead: (verb: 'get' | 'watch', path: string) => Answer | undefined = () => undefined;

  /** Listens, where it did before. */
  public async start(): Promise<void> {
    this.server = https.createServer({ ...certificate! }, (request, response) => this.answer(request, response));
    this.server.on('connection', socket => {
      this.sockets.add(socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket)));
    });
    await new Promise<void>((resolve, reject) =>
      this.server!.listen(this.port, '127.0.0.1', resolve).on('error', reject));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Ends, and breaks all connections. */
  public stop(): void {
    this.server?.close();
    this.cut();
  }

  /** Breaks all connections. */
  public cut(): void {
    this.sockets.forEach(socket => socket.destroy());
    this.watchers = [];
  }

  /** How many watches are open. */
  public get watches(): number {
    return this.watchers.filter(({ response }) => !response.destroyed).length;
  }

  /** Makes or changes an object. */
  public apply(path: string, object: KubeObject): void {
    const type = this.objects.has(path) ? 'MODIFIED' : 'ADDED';
    this.version += 1;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const metadata = { name, ...object.metadata, resourceVersion: `${this.version}` };
    this.objects.set(path, { ...object, metadata });
    this.send(path, event(type, this.objects.get(path)!));
  }

  public remove(path: string): void {
    const object = this.objects.get(path)!;
    this.objects.delete(path);
    this.send(path, event('DELETED', object));
  }

  /** Sends bytes to those who watch it. */
  public send(path: string, bytes: string | Buffer): void {
    this.watchers.filter(watcher => watcher.path === path).forEach(({ response }) => response.write(bytes));
  }

  /** Ends the watches, as a server does after some minutes. */
  public endWatches(): void {
    this.watchers.forEach(({ response }) => response.end());
    this.watchers = [];
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'https://server');
    const name = searchParams.get('fieldSelector')?.replace('metadata.name=', '');
    const [verb, path] = name === undefined ? ['get', pathname] as const : ['watch', `${pathname}/${name}`] as const;
    const from = searchParams.get('resourceVersion');
    this.requests.push(`${verb} ${path}${from === null ? '' : ` from ${from}`}`);
    const instead = this.instead(verb, path);
    const given = request.headers.authorization;
    if (instead) instead(request, response);
    else if (given !== `Bearer ${this.token ?? given?.slice(7)}`) refusal(401, 'Unauthorized')(request, response);
    else if (verb === 'get') this.get(path, request, response);
    else this.watch(path, from, response);
  }

  private get(path: string, request: IncomingMessage, response: ServerResponse): void {
    const object = this.objects.get(path);
    if (object === undefined) missing(path)(request, response);
    else response.end(`${JSON.stringify(object, null, 2)}\n`);
  }

  private watch(path: string, from: string | null, response: ServerResponse): void {
    response.flushHeaders();
    this.watchers.push({ path, response });
    const object = this.objects.get(path);
    if (object && Number(from) < Number(object.metadata!.resourceVersion)) {
      response.write(event(from === null ? 'ADDED' : 'MODIFIED', object));
    }
  }
}

/** A line of a watch. */
export function event(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** The Status of a server that refuses. */
export function status(code: number, message: string, details: object = {}): KubeObject {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, details, code };
}

export function refusal(code: number, message: string, details?: object): Answer {
  return (_, response) => response.writeHead(code, { 'content-type': 'application/json' })
    .end(`${JSON.stringify(status(code, message, details))}\n`);
}

export function missing(path: string): Answer {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return refusal(404, `"${name}" not found`, { name });
}

/** What a role lacks. */
export function forbidden(resource: string, name: string): Answer {
  const who = 'system:serviceaccount:shop:default';
  return refusal(403, `${resource} "${name}" is forbidden: User "${who}" cannot get resource "${resource}"`, { name });
}
