import { mkdtempSync, writeFileSync } from 'fs';
import { createServer, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';

/** What an API server has in a namespace: `pods`, `services`, …; and what it answers in place of that. */
export interface Content {
  /** By namespace and plural: `shop/pods`. */
  readonly lists?: { readonly [place: string]: readonly object[] };
  /** By pod and container. */
  readonly logs?: { readonly [place: string]: string };
  /** By namespace and plural: the status in place of 200; a namespace itself is `namespaces/shop`. */
  readonly refused?: { readonly [place: string]: number };
  /** In place of all that it has. */
  readonly answer?: (response: ServerResponse, url: string) => void;
}

/** An API server that gives lists in pages of two and logs, to nobody in particular. */
export class ApiServer {
  public static async start(content: Content): Promise<ApiServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new ApiServer(server, content);
  }

  /** The paths that were asked for. */
  public readonly asked: string[] = [];

  private constructor(private readonly server: Server, public content: Content) {
    server.on('request', ({ url = '', method }, response) => {
      this.asked.push(`${method} ${url}`);
      if (this.content.answer) this.content.answer(response, url);
      else this.answer(new URL(url, 'http://x'), response);
    });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  public get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public kubeconfig(): string {
    return kubeconfigOf(this.address);
  }

  private answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const [, namespace = 'namespaces', resource, pod, log] =
      /\/(?:namespaces\/([^/]+)\/)?(\w+)(?:\/([^/]+)\/(log))?$/.exec(pathname)!;
    const place = log ? `${namespace}/logs` : `${namespace}/${resource}`;
    const { lists = {}, logs = {}, refused = {} } = this.content;
    if (refused[place]) {
      response.writeHead(refused[place]).end(JSON.stringify({ kind: 'Status', message: `no ${place} for you` }));
    } else if (log) {
      response.end(logs[`${pod}/${searchParams.get('container')}`] ?? '');
    } else {
      const start = Number(searchParams.get('continue') ?? 0);
      const all = lists[place] ?? [];
      const next = start + 2 < all.length ? `${start + 2}` : undefined;
      response.end(JSON.stringify({ items: all.slice(start, start + 2), metadata: { continue: next } }));
    }
  }
}

/** A kubeconfig whose context is in the namespace `shop`. */
export function kubeconfigOf(address: string, user: object = { token: 't' }): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config');
  const cluster = { 'server': address, 'insecure-skip-tls-verify': true };
  writeFileSync(file, JSON.stringify({
    'current-context': 'c',
    'contexts': [{ name: 'c', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    'clusters': [{ name: 'c', cluster }],
    'users': [{ name: 'u', user }],
  }));
  return file;
}
