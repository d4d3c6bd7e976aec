import http from 'http';
import https from 'https';
import { createSecureContext, type SecureContext } from 'tls';
import { gunzipSync } from 'zlib';
import { WrongUse } from '../terminal';

/** In milliseconds. A server that takes longer is away. */
const LONGEST_ANSWER = 15_000;

/** The context that the client makes up where there is no kubeconfig. */
const NO_KUBECONFIG = 'loaded-context';

/** Which cluster is asked, as kubectl is told. */
export interface ConnectionOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** An answer of the API server that is none of those that were hoped for. */
export class Refused extends Error {
  public constructor(public readonly status: number, message: string) {
    super(message);
  }
}

/** The API of a cluster, read through the kubeconfig of who asks. Nothing in it is ever changed. */
export interface Connection {
  /** The namespace of the context. */
  readonly namespace: string;
  /** What is at a path. */
  get(path: string): Promise<string>;
}

type Options = https.RequestOptions & { secureContext?: SecureContext };

/** Finds the cluster and the user as the official client does: files, environment, plugins for logging in, proxies. */
export async function connect({ kubeconfig, context }: ConnectionOptions): Promise<Connection> {
  // All of the client would bring the models of each API, too, which are large.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  await inWords('the kubeconfig cannot be read', async () => {
    if (kubeconfig) config.loadFromFile(kubeconfig);
    else config.loadFromDefault();
  });
  if (config.getCurrentContext() === NO_KUBECONFIG) {
    throw new WrongUse('there is no kubeconfig; set KUBECONFIG, or name one with --kubeconfig');
  }
  if (context) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  const name = config.getCurrentContext();
  if (!cluster) throw new WrongUse(`the kubeconfig has no context '${name}' with a cluster`);
  const server = new URL(cluster.server);
  const options: Options = {};
  await inWords('cannot log in', () =>
    config.applyToHTTPSOptions(options as Parameters<typeof config.applyToHTTPSOptions>[0]));
  // Otherwise each of the connections would read the certificates again, which takes longer than what it asks.
  options.secureContext = createSecureContext(options);
  return {
    namespace: config.getContextObject(name)?.namespace ?? 'default',
    get: path => ask(new URL(`${server.pathname.replace(/\/$/, '')}${path}`, server), options),
  };
}

function ask(url: URL, options: Options): Promise<string> {
  const { get } = url.protocol === 'https:' ? https : http;
  const headers = { ...options.headers, 'accept': 'application/json, */*', 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const fail = ({ message }: Error) =>
      reject(new WrongUse(`the cluster at ${url.origin} does not answer: ${message}`));
    const request = get(url, { ...options, headers, timeout: LONGEST_ANSWER }, response => {
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
    request.on('timeout', () => request.destroy(new Error(`nothing came for ${LONGEST_ANSWER / 1000} s`)));
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
