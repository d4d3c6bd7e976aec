/** What registries of images say of them, asked as the distribution specification of OCI has it. */
import { createHash } from 'crypto';

/** An image for several platforms. */
export interface Index {
  readonly digest: string;
  /** Such as linux/arm64. */
  readonly platforms: readonly string[];
}

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** So many pages of tags are read, of up to a thousand each. */
const MOST_PAGES = 50;

/** One repository of a registry, such as library/busybox. */
export class Repository {
  private token?: string;

  constructor(private readonly registry: string, private readonly name: string) {}

  public async tags(): Promise<string[]> {
    const tags: string[] = [];
    let page: string | undefined = `/v2/${this.name}/tags/list?n=1000`;
    for (let pages = 0; page !== undefined; pages += 1) {
      if (pages === MOST_PAGES) throw new Error(`${this.name} has more than ${MOST_PAGES} pages of tags`);
      const response: Response = await this.get(page, ['application/json']);
      if (response.status === 404) throw new Error(`${this.host} has no repository ${this.name}`);
      tags.push(...((await this.json(response)).tags ?? []));
      page = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
    }
    return tags;
  }

  /**
   * The image of a tag or a digest.
   *
   * @returns nothing if there is none
   */
  public async index(reference: string): Promise<Index | undefined> {
    const response = await this.get(`/v2/${this.name}/manifests/${reference}`, [...INDEXES, ...MANIFESTS]);
    if (response.status === 404) return undefined;
    const text = await this.text(response);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const said = response.headers.get('docker-content-digest') ?? digest;
    const wanted = reference.startsWith('sha256:') ? reference : said;
    if (digest !== said || digest !== wanted) {
      throw new Error(`${this.host} answers for ${reference} with a manifest whose digest is another one: ${digest}`);
    }
    const { mediaType = response.headers.get('content-type'), manifests = [] } = parsed(text, this.host);
    return { digest, platforms: INDEXES.includes(mediaType) ? platformsOf(manifests) : [] };
  }

  private get host(): string {
    return new URL(this.registry).host;
  }

  /** Asks once without a token, for registries differ in who gives one, and for what. */
  private async get(path: string, accepted: readonly string[]): Promise<Response> {
    const url = new URL(path, this.registry);
    const ask = () => this.fetched(url, {
      accept: accepted.join(', '), ...(this.token && { authorization: `Bearer ${this.token}` }),
    });
    const response = await ask();
    if (response.status !== 401) return this.checked(response);
    this.token = await this.newToken(response.headers.get('www-authenticate') ?? '');
    return this.checked(await ask());
  }

  private async newToken(challenge: string): Promise<string> {
    const { realm, ...asked } = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    if (!/^bearer /i.test(challenge) || !URL.canParse(realm)) {
      throw new Error(`${this.host} wants something else than a token: ${challenge || 'it does not say what'}`);
    }
    const url = new URL(realm);
    for (const key of ['service', 'scope']) if (asked[key]) url.searchParams.set(key, asked[key]);
    const { token, access_token: other } = await this.json(this.checked(await this.fetched(url, {})));
    return token ?? other;
  }

  private async fetched(url: URL, headers: Record<string, string>): Promise<Response> {
    try {
      return await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
    } catch (error) {
      throw new Error(`${url.host} cannot be reached: ${causeOf(error)}`);
    }
  }

  /** An answer that is right, or says that something is not there. */
  private checked(response: Response): Response {
    if (response.ok || response.status === 404) return response;
    const { status, headers } = response;
    const later = headers.has('retry-after') ? `, try again in ${headers.get('retry-after')} s` : '';
    const words: { [status: number]: string } = {
      401: 'lets nobody in without a password',
      403: 'forbids it',
      429: `has had too many requests from here${later}`,
    };
    throw new Error(`${new URL(response.url).host} ${words[status] ?? `answers with status ${status}`}`);
  }

  private async text(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw new Error(`the answer of ${this.host} breaks off: ${causeOf(error)}`);
    }
  }

  private async json(response: Response): Promise<any> {
    return parsed(await this.text(response), new URL(response.url).host);
  }
}

/** An index holds documents of its images, too, which are for no platform. */
function platformsOf(manifests: readonly any[]): string[] {
  const platforms = manifests.map(({ platform: { os, architecture } = {} as any }) => `${os}/${architecture}`);
  return [...new Set(platforms)].filter(each => each !== 'unknown/unknown').sort();
}

function parsed(text: string, host: string): any {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${host} answers with something that is no JSON`);
  }
}

function causeOf(error: any): string {
  const { code, message } = error.cause ?? error;
  const words: { [code: string]: string } = {
    ECONNREFUSED: 'connection refused', ENOTFOUND: 'its name is unknown', EAI_AGAIN: 'its name cannot be looked up',
  };
  return words[code] ?? message ?? code;
}
