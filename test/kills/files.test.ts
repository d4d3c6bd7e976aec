/** The steps that write a file, and the one that gives a volume its owner. */
import { createHash } from 'crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import type { Filler } from './filler';
import { killEach } from './killed';
import { FileSource, IfPresent, RunAs } from '../../src';
import { type Entries } from '../lab/entries';
import { copyOf } from '../lab/images';
import { closeServersAfterwards, httpServer, otherCertificate } from '../lab/servers';
import {
  configMap, downloading, generating, generatingVariables, preparing, trusting,
} from '../lab/steps';
import { slowly, versions } from '../lab/versions';

closeServersAfterwards();

const images = mkdtempSync(join(tmpdir(), 'killed-images-'));
afterAll(() => rmSync(images, { recursive: true }));

const [OLD, NEW] = versions;
const NAME = 'conf/app';

const file = {
  old: { [NAME]: OLD },
  makes: (before: Entries) => ({ ...before, [NAME]: NEW }),
  unit: 'file',
  leaves: (pod: string) => `conf/.app.${pod}.part`,
} as const;

const download = (name: string, props: { readonly sha256?: string }): Filler => ({
  ...file,
  ...props.sha256 && { leaves: pod => `conf/.init.${pod}.download.${props.sha256}.part` },
  name,
  container: async directory => {
    const { url } = await httpServer(slowly(NEW));
    return downloading({ url, path: undefined, fileName: NAME, directory, ...props });
  },
});

const generate = (name: string, props: { readonly ifPresent?: IfPresent }): Filler => ({
  ...file,
  name,
  endsAtOnce: props.ifPresent === IfPresent.KEEP,
  makes: before => (props.ifPresent ? { [NAME]: NEW, ...before } : { ...before, [NAME]: NEW }),
  read: { 'in/template': NEW },
  container: directory => generating({
    template: FileSource.fromConfigMap(configMap, 'app.tpl'), path: undefined, fileName: NAME, directory, ...props,
  }),
});

const BUNDLE = 'what the image trusts\n'.repeat(2000);
const TRUSTED = 'ca-certificates.crt';
const CERTIFICATE = otherCertificate?.cert ?? '';

const trust: Filler = {
  ...file,
  name: 'TrustCertificates',
  old: { [TRUSTED]: OLD },
  makes: before => ({ ...before, [TRUSTED]: `${BUNDLE}\n${CERTIFICATE}\n` }),
  read: { 'in/certificates-1': CERTIFICATE },
  ownsVolume: true,
  container: () => trusting({ certificates: [FileSource.fromConfigMap(configMap, 'ca.crt')] }),
  // Where Red Hat has it: where Debian does, the lab shows the machine's.
  image: shell => {
    const image = copyOf(shell, join(mkdtempSync(join(images, 'image-')), 'root'));
    const path = join(image.folder, 'etc/pki/tls/cert.pem');
    rmSync(join(image.folder, 'etc/ssl'), { recursive: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, BUNDLE);
    return image;
  },
};

const VALUE = 'a line\n'.repeat(9000);

const generateVariables: Filler = {
  name: 'GenerateEnv',
  unit: 'file',
  ownsVolume: true,
  old: {},
  makes: () => ({ 'app.env': `VALUE='${VALUE}'\n` }),
  container: () => generatingVariables({
    templates: { VALUE: '${TEXT}' }, variables: { TEXT: kplus.EnvValue.fromValue(VALUE) },
  }),
};

/** Whose the entries are, and who may what. */
function owners(folder: string): Entries {
  return Object.fromEntries(['.', ...readdirSync(folder, { recursive: true }) as string[]].sort().map(path => {
    const { uid, gid, mode } = lstatSync(join(folder, path));
    return [path, `${uid}:${gid} ${(mode % 0o10000).toString(8)}`];
  }));
}

const MANY: Entries = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a/${index % 10}/${index}`, 'x']));

const own: Filler = {
  name: 'PrepareVolume',
  unit: 'file',
  folder: 'volume',
  owner: '0:0',
  fresh: MANY,
  old: MANY,
  see: owners,
  makes: before => Object.fromEntries(Object.entries(before).map(([path, owned = '']) =>
    [path, owned.replace(/^\S+/, '1000:2000')])),
  container: () => preparing({ owner: RunAs.user(1000, 2000) }),
};

killEach([
  download('DownloadConfig', {}),
  download('DownloadConfig that goes on where it was stopped', {
    sha256: createHash('sha256').update(NEW).digest('hex'),
  }),
  generate('GenerateConfig', {}),
  generate('GenerateConfig that keeps what is there', { ifPresent: IfPresent.KEEP }),
  trust,
  generateVariables,
  own,
]);
