import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A certificate and its key, in PEM form. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for a host, signed by an authority that nobody knows yet, as a company's own is. Made by openssl. */
export function signed(host: string): Certificate & { readonly authority: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'authority-'));
  const openssl = (words: string) =>
    execFileSync('openssl', words.split(/\s+/), {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const read = (file: string) => readFileSync(join(cwd, file), 'utf8');
  try {
    openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Corporate-CA -keyout ca.key -out ca.crt');
    openssl(`req -newkey rsa:2048 -nodes -subj /CN=${host} -keyout key.pem -out request`);
    writeFileSync(join(cwd, 'extensions'), `subjectAltName=DNS:${host}\n`);
    openssl('x509 -req -in request -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile extensions -out cert.pem');
    return { key: read('key.pem'), cert: read('cert.pem'), authority: read('ca.crt') };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
