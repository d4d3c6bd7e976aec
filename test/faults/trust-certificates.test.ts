import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { get } from 'https';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { FileSource } from '../../src';
import { entriesOf } from '../lab/entries';
import { copyOf } from '../lab/images';
import { run } from '../lab/run';
import {
  certificate, closeServersAfterwards, httpServer, otherCertificate, status,
} from '../lab/servers';
import { inEveryContainer, type Shell } from '../lab/shells';
import { configMap, trusting } from '../lab/steps';
import { volumes } from '../lab/volumes';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'trust-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const known = otherCertificate?.cert ?? '';
const own = certificate?.cert ?? '';
const NAME = 'ca-certificates.crt';

/** An image whose bundle lies where Red Hat has it; where Debian has it, the lab shows the machine's. */
function imageWith(shell: Shell, bundle: string): Shell {
  const image = copyOf(shell, join(mkdtempSync(join(folder, 'image-')), 'root'));
  const path = '/etc/pki/tls/cert.pem';
  rmSync(join(image.folder, 'etc/ssl'), { recursive: true });
  mkdirSync(dirname(image.folder + path), { recursive: true });
  writeFileSync(image.folder + path, bundle);
  return { ...image, name: shell.name };
}

/** A step that trusts a file of a ConfigMap, how it ends, and its bundle. */
async function trusted(text: string, shell: Shell, before?: string) {
  const root = volumes(folder, {
    before: before === undefined ? {} : { [NAME]: before },
    read: { 'in/certificates-1': text },
  });
  const container = trusting({ certificates: [FileSource.fromConfigMap(configMap, 'ca.crt')] });
  const { exitCode, last } = await run(container, shell, { folder: root });
  return { exitCode, last, left: entriesOf(join(root, 'out')) };
}

const WRONG: readonly (readonly [name: string, text: string, reason: string])[] = [
  ['nothing', '', 'holds no certificates in PEM form'],
  ['DER', '\x30\x82\x01', 'holds no certificates in PEM form'],
  ['a page', '<html>-----BEGIN CERTIFICATE-----</html>\n', 'holds no certificates in PEM form'],
  ['one that lost its end', own.slice(0, 200), 'holds no certificates in PEM form'],
  ['another text in the place of its digits', own.replace(/\nMI/, '\n<MI'), 'holds no certificates in PEM form'],
  ['a request', own.replaceAll(' CERTIFICATE-', ' CERTIFICATE REQUEST-'), 'holds no certificates in PEM form'],
  ['a private key', own + (certificate?.key ?? ''), 'holds a private key, which nobody else may see'],
  ['a private key that is indented', own + (certificate?.key ?? '').replaceAll(/^/gm, ' '),
    'holds a private key, which nobody else may see'],
];

inEveryContainer([
  ['what the image trusts comes first, then one\'s own, whatever their last line breaks', async shell => {
    const image = imageWith(shell, known.trimEnd());

    expect(await trusted(`# corp\n${own.trimEnd().replaceAll('\n', '\r\n')}`, image)).toEqual({
      exitCode: 0,
      last: `wrote /out/${NAME}: 2 certificates`,
      left: { [NAME]: `${known.trimEnd()}\n# corp\n${own.trimEnd().replaceAll('\n', '\r\n')}\n` },
    });
  }],
  ['texts that are known at synth do as well', async shell => {
    const root = volumes(folder);
    const container = trusting({ certificates: [FileSource.inline(own), FileSource.inline(known)] });

    const { exitCode, last } = await run(container, imageWith(shell, known), { folder: root });

    expect({ exitCode, last, left: entriesOf(join(root, 'out')) }).toEqual({
      exitCode: 0, last: `wrote /out/${NAME}: 3 certificates`, left: { [NAME]: `${known}\n${own}\n${known}\n` },
    });
  }],
  ['a server whose authority is added is trusted by it', async shell => {
    const { left } = await trusted(own, shell);
    const server = await httpServer(status(200), 0, certificate);

    const code = await new Promise((settle, fail) => {
      get(server.url, { ca: left[NAME] }, response => settle(response.statusCode)).on('error', fail);
    });

    expect(code).toBe(200);
  }],
  ['what is no certificate, or holds a key, ends the step and leaves the old bundle', async shell => {
    const image = imageWith(shell, known);
    for (const [name, text, reason] of WRONG) {
      expect({ name, ...await trusted(text, image, 'old') }).toEqual({
        name, exitCode: 2, last: `key ca.crt of ConfigMap test ${reason}`, left: { [NAME]: 'old' },
      });
    }
  }],
  ['an image without a bundle is said to be so', async shell => {
    expect(await trusted(own, imageWith(shell, ''))).toEqual({
      exitCode: 2,
      last: 'the image trusts nobody: it has no /etc/ssl/certs/ca-certificates.crt or the like',
      left: {},
    });
  }],
]);
