/** Serves the built site on loopback, as static files only, below a folder as GitHub's pages do. */
import { createReadStream, existsSync, statSync } from 'fs';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { extname, join, normalize } from 'path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

function fileAt(folder: string, path: string): string | undefined {
  const file = join(folder, normalize(decodeURIComponent(path)));
  const page = file.endsWith('/') ? join(file, 'index.html') : file;
  return existsSync(page) && statSync(page).isFile() ? page : undefined;
}

export async function serveSite(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const file = fileAt(folder, new URL(request.url!, 'http://site').pathname);
    response.writeHead(file ? 200 : 404, { 'Content-Type': TYPES[extname(file ?? '')] ?? 'text/plain' });
    if (file) createReadStream(file).pipe(response);
    else response.end('not found');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
