import http from 'http';
import https from 'https';
import { createSecureContext, type SecureContext } from 'tls';
import { gunzipSync } from 'zlib';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { WrongUse } from '../terminal';

/** In milliseconds. A server that takes longer is away. */
const LONGEST_ANSWER = 15_000;

/** How long a login is good for, in milliseconds; the client knows those that are good for longer. */
const RENEWED = 30_000;

/** The context that the client makes up where there is no kubeconfig. */
const NO_KUBECONFIG = 'loaded-context';

/** Which cluster is asked, as kubectl is told. */
export interface ConnectionOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** An answer of the API server that is none of those that were hoped for. */
export class Refused extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The API of a cluster, read through the kubeconfig of who asks. Nothing in it is ever changed. */
export interface Connection {
  /** The namespace of the context. */
  readonly namespace: string;
  /** What is at a path; the time without an answer, in milliseconds, is that of a server that is away. */
  get(path: string, timeout?: number): Promise<string>;
}

type Options = https.RequestOptions & { secureContext?: SecureContext };

/** Finds the cluster and the user as the official client does: files, environment, plugins for logging in, proxies. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const config = await kubeconfigOf(options);
  const name = config.getCurrentContext();
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new WrongUse(`the kubeconfig has no context '${name}' with a cluster`);
  }
  const server = new URL(cluster.server);
  const prefix = server.pathname.replace(/\/$/, '');
  const login = new Login(config);
  await login.options();
  return {
    namespace: config.getContextObject(name)?.namespace ?? 'default',
    get: async (path, timeout = LONGEST_ANSWER) =>
      ask(new URL(`${prefix}${path}`, server), { ...await login.options(), timeout }),
  };
}

async function kubeconfigOf({ kubeconfig, context }: ConnectionOptions): Promise<KubeConfig> {
  // All of the client would bring the models of each API, too, which are large.
  const client = await import('@kubernetes/client-node/dist/config.js');
  const config = new client.KubeConfig();
  await inWords('the kubeconfig cannot be read', async () => {
    if (kubeconfig) config.loadFromFile(kubeconfig);
    else config.loadFromDefault();
  });
  if (config.getCurrentContext() === NO_KUBECONFIG) {
    const remedy = 'set KUBECONFIG, or name one with --kubeconfig';
    throw new WrongUse(`there is no kubeconfig; ${remedy}`);
  }
  if (context) config.setCurrentContext(context);
  return config;
}

/** What a request takes so that the cluster knows who asks. A token lasts for some time only. */
class Login {
  private since = -Infinity;
  private known = Promise.resolve<Options>({});

  public constructor(private readonly config: KubeConfig) {}

  public options(): Promise<Options> {
    if (Date.now() - this.since > RENEWED) {
      this.since = Date.now();
      this.known = this.make();
    }
    return this.known;
  }

  private async make(): Promise<Options> {
    const { config } = this;
    const options: Options = {};
    await inWords('cannot log in', () =>
      config.applyToHTTPSOptions(options as Parameters<typeof config.applyToHTTPSOptions>[0]));
    // Otherwise each connection would read the certificates again, which takes longer than what it asks.
    return { ...options, secureContext: createSecureContext(options) };
  }
}

function ask(url: URL, options: Options): Promise<string> {
  const { get } = url.protocol === 'https:' ? https : http;
  const headers = { ...options.headers, 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const fail = ({ message }: Error) =>
      reject(new WrongUse(`the cluster at ${url.origin} does not answer: ${message}`));
    const request = get(url, { ...options, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        const body = textOf(Buffer.concat(chunks), response.headers['content-encoding']);
        const { statusCode = 0 } = response;
        if (statusCode === 200) resolve(body);
        else reject(new Refused(statusCode, reasonOf(body)));
      });
    });
    request.on('timeout', () =>
      request.destroy(new Error(`nothing came for ${options.timeout! / 1000} s`)));
    request.on('error', fail);
  });
}

function textOf(bytes: Buffer, encoding: string | undefined): string {
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The message of a Status, or the text that came in its place. */
function reasonOf(body: string): string {
  try {
    return JSON.parse(body).message;
  } catch {
    return body.trim();
  }
}

async function inWords(what: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw new WrongUse(`${what}: ${(error as Error).message}`);
  }
}
