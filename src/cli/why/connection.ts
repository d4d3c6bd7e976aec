import http from 'http';
import https from 'https';
import { createSecureContext, type SecureContext } from 'tls';
import { gunzipSync } from 'zlib';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { oneLine } from './trouble';
import { WrongUse } from '../terminal';

/** In milliseconds, from the question to the end of the answer. A server that takes longer is away. */
const LONGEST_ANSWER = 15_000;

/** How much an answer may be, in bytes; 500 large objects are less. */
const LARGEST_ANSWER = 128 * 1024 * 1024;

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
  /** What is at a path; the time, in milliseconds, is how long the whole answer may take. */
  get(path: string, longest?: number): Promise<string>;
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
  const server = serverOf(cluster.server);
  const prefix = server.pathname.replace(/\/$/, '');
  const login = new Login(config);
  await login.options();
  return {
    namespace: config.getContextObject(name)?.namespace ?? 'default',
    get: async (path, longest = LONGEST_ANSWER) =>
      ask(new URL(`${prefix}${path}`, server), await login.options(), longest),
  };
}

function serverOf(address: string): URL {
  const server = URL.canParse(address) ? new URL(address) : undefined;
  if (server && /^https?:$/.test(server.protocol)) return server;
  const must = 'must be a URL that begins with https:// or http://';
  throw new WrongUse(`the server of the kubeconfig ${must}, got '${address}'`);
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
    return inWords('cannot log in', async () => {
      await config.applyToHTTPSOptions(options as Parameters<typeof config.applyToHTTPSOptions>[0]);
      // Otherwise each connection would read the certificates again, which takes longer than what it asks.
      return { ...options, secureContext: createSecureContext(options) };
    });
  }
}

/** Asks once; an answer that does not come, or is none, is told in words. */
async function ask(url: URL, options: Options, longest: number): Promise<string> {
  const signal = AbortSignal.timeout(longest);
  try {
    const { status, body } = await answerOf(url, { ...options, signal });
    if (status === 200) return body;
    throw new Refused(status, reasonOf(body));
  } catch (error) {
    if (error instanceof Refused) throw error;
    const why = signal.aborted ? `it takes longer than ${longest / 1000} s` : messageOf(error);
    throw new WrongUse(`the cluster at ${url.origin} does not answer: ${why}`);
  }
}

async function answerOf(url: URL, options: Options): Promise<{ status: number; body: string }> {
  const { get } = url.protocol === 'https:' ? https : http;
  const headers = { ...options.headers, 'accept-encoding': 'gzip' };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    get(url, { ...options, headers }, resolve).on('error', reject);
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Error(`its answer is more than ${LARGEST_ANSWER} bytes`);
  }
  const encoding = response.headers['content-encoding'];
  return { status: response.statusCode ?? 0, body: textOf(Buffer.concat(chunks), encoding) };
}

function textOf(bytes: Buffer, encoding: string | undefined): string {
  const limit = { maxOutputLength: LARGEST_ANSWER };
  return (encoding === 'gzip' ? gunzipSync(bytes, limit) : bytes).toString('utf8');
}

/** The message of a Status, or the text that came in its place. */
function reasonOf(body: string): string {
  try {
    return oneLine(JSON.parse(body).message);
  } catch {
    return oneLine(body);
  }
}

async function inWords<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new WrongUse(`${what}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return oneLine((error as Error).message);
}
