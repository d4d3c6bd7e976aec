/** A registry on loopback that speaks the distribution API, and gives a token only to who asks for it as it says. */
import { createHash } from 'crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const PAGE = 2;

export interface FakeRegistry {
  readonly url: string;
  /** What has been asked for, with the accepted types of a manifest. */
  readonly requests: string[];
}

/** What a registry does instead of what it should. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An index of images of platforms, and of the document that belongs to one of them. */
export function indexOf(platforms: readonly string[], note: string, mediaType = INDEX): string {
  const parts = [...platforms, 'unknown/unknown'].map(each => {
    const [os, architecture] = each.split('/');
    return { digest: sha256(each), platform: { os, architecture } };
  });
  return JSON.stringify({ schemaVersion: 2, mediaType, manifests: parts, annotations: { note } });
}

const servers: Server[] = [];

export function closeRegistriesAfterwards(): void {
  afterAll(() => servers.forEach(server => server.close()));
}

/** A registry of repositories, each with its tags and their manifests. */
export async function fakeRegistry(
  repositories: { readonly [name: string]: { readonly [tag: string]: string } },
  fault: Fault = () => false,
): Promise<FakeRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url!, `http://${request.headers.host}`);
    requests.push(url.pathname + url.search);
    if (fault(request, response)) return;
    if (url.pathname === '/token') return void giveToken(url, response);
    const [, name, kind, reference] = /^\/v2\/(.+)\/(tags|manifests)\/([^/]+)$/.exec(url.pathname)!;
    if (request.headers.authorization !== `Bearer for repository:${name}:pull`) {
      return void refuse(response, url.origin, name);
    }
    const tags = repositories[name];
    if (!tags) return void answer(response, 404, {});
    if (kind === 'tags') return void pageOfTags(response, url, Object.keys(tags));
    const text = tags[reference] ?? Object.values(tags).find(each => sha256(each) === reference);
    if (text === undefined) return void answer(response, 404, {});
    response.setHeader('docker-content-digest', sha256(text));
    response.setHeader('content-type', JSON.parse(text).mediaType);
    response.end(text);
  });
  servers.push(server);
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, origin: string, name: string): void {
  response.setHeader(
    'www-authenticate',
    `Bearer realm="${origin}/token",service="fake registry",scope="repository:${name}:pull"`,
  );
  answer(response, 401, { errors: [{ code: 'UNAUTHORIZED' }] });
}

function giveToken({ searchParams }: URL, response: ServerResponse): void {
  if (searchParams.get('service') !== 'fake registry') return answer(response, 400, {});
  answer(response, 200, { token: `for ${searchParams.get('scope')}` });
}

function pageOfTags(response: ServerResponse, { pathname, searchParams }: URL, tags: readonly string[]): void {
  const start = tags.indexOf(searchParams.get('last') ?? '') + 1;
  const page = tags.slice(start, start + PAGE);
  if (start + PAGE < tags.length) {
    response.setHeader('link', `<${pathname}?n=${PAGE}&last=${page[PAGE - 1]}>; rel="next"`);
  }
  answer(response, 200, { tags: page });
}
