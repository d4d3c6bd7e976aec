/** Every program that a step can have, by what its step needs. */
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { AppProtocol } from '../../src';
import {
  cloneRepository, copyFiles, copyFromImage, downloadArchive, downloadConfig, generateConfig, generateEnv,
  prepareVolume, runAgain, runBounded, trustCertificates, waitForCondition, waitForService, type Program,
} from '../../src/programs';

const BOTH = [false, true];
const PLAIN = [['tcp'], ['dns'], ['http'], ['tcp', 'dns'], ['tcp', 'http'], ['dns', 'http'], ['tcp', 'dns', 'http']];
const PROTOCOLS = Object.values(AppProtocol);
/** The longest three: who waits for more protocols in one step than these has a program beyond the limit. */
const MIXED = [AppProtocol.MYSQL, AppProtocol.REDIS, AppProtocol.MONGODB];
const SCHEMES: readonly string[][] = [
  ...PLAIN, ...PROTOCOLS.map(each => [each]), PROTOCOLS, ...PLAIN.map(kinds => [...kinds, ...MIXED]),
  ['url'], ['url', 'dns'],
];

function words(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

/** curl tries all addresses of a name, and for a look-up one is enough. */
function addressesOf(schemes: readonly string[]): readonly boolean[] {
  if (schemes.includes('url')) return [true];
  return schemes.every(scheme => ['http', 'dns'].includes(scheme)) ? [false] : BOTH;
}

/** Whether some of the hosts may be known in the pod only. */
function outsideOf(schemes: readonly string[], single: boolean): readonly boolean[] {
  if (schemes.includes('url') && single) return [false];
  return schemes.length <= 2 && schemes.some(scheme => scheme !== 'http' && scheme !== 'dns') ? BOTH : [false];
}

const waits = SCHEMES.flatMap(schemes => BOTH.filter(single => schemes.length === 1 || !single).flatMap(single =>
  outsideOf(schemes, single).flatMap(hostsFromOutside => addressesOf(schemes).flatMap(severalAddresses =>
    BOTH.flatMap(inARow => BOTH.map(slow => [
      words(
        'wait for', single ? 'one' : 'several', ...schemes, hostsFromOutside && 'from outside',
        severalAddresses && 'of several addresses', inARow && 'in a row', slow && 'slowly',
      ),
      waitForService({ schemes: new Set(schemes), hostsFromOutside, severalAddresses, single, inARow, slow }),
    ] as const))))));

/** What requests have beside an address. */
const REQUESTS = BOTH.flatMap(hasHeaders => BOTH.flatMap(hasUser => BOTH.map(hasClientCertificate => [
  words(hasHeaders && 'with headers', hasUser && 'as a user', hasClientCertificate && 'as a client'),
  { hasHeaders, hasUser, hasClientCertificate },
] as const)));

/** Those that are signed, alone and with all else. */
const SIGNED = BOTH.map(all => [
  words('signed', all && 'with headers', all && 'as a user', all && 'as a client'),
  { signs: true, hasHeaders: all, hasUser: all, hasClientCertificate: all },
] as const);

const longest = { single: false, inARow: true, slow: true };

/** All that asks for more than a status, by itself, and beside whatever else there is. */
const asking = [...REQUESTS, ...SIGNED].flatMap(([who, request]) =>
  BOTH.filter(body => who !== '' || body).flatMap(body =>
    PLAIN.filter(schemes => schemes.includes('http')).map(schemes => [
      words('wait for several', ...schemes, 'in a row slowly', who, body && 'for a body'),
      waitForService({
        ...longest, schemes: new Set(schemes), severalAddresses: true, request: { ...request, looksIntoBody: body },
      }),
    ] as const)));

const counting = PLAIN.filter(schemes => schemes.includes('dns')).flatMap(schemes =>
  addressesOf(schemes).flatMap(severalAddresses => BOTH.map(single => [
    words('wait for', single ? 'one' : 'several', ...schemes, severalAddresses && 'of several addresses', 'counting'),
    waitForService({
      schemes: new Set(schemes), severalAddresses, single, inARow: false, slow: false, countsAddresses: true,
    }),
  ] as const)));

const notFollowing = (['sum', 'length', 'nothing'] as const).map(verify => [
  words('download, verify', verify, 'without redirects'),
  downloadConfig({ redirects: false, verify }),
] as const);

/** How a file is put in place. */
const places = BOTH.flatMap(keep => BOTH.flatMap(shared => BOTH.map(inFolder => [
  words(keep && 'if absent', shared && 'into a volume of others', inFolder && 'in a folder'),
  { keep, shared, inFolder },
] as const)));

const CERTIFICATES = [undefined, 'text', 'file'] as const;

const partedCertificates = REQUESTS.map(([who, request]) => [
  words('download, verify sum', who, 'certificate parts'),
  downloadConfig({ ...request, certificate: 'parts', verify: 'sum' }),
] as const);

const waitsForParted = BOTH.map(hasHeaders => [
  words('wait for several http in a row slowly', hasHeaders && 'with headers', 'certificate parts'),
  waitForService({ ...longest, schemes: new Set(['http']), request: { hasHeaders, joinsCertificates: true } }),
] as const);

const downloads = places.flatMap(([where, file]) => BOTH.flatMap(headers => CERTIFICATES.flatMap(certificate =>
  (['sum', 'length', 'nothing'] as const).map(verify => [
    words('download, verify', verify, headers && 'with headers', certificate && `certificate ${certificate}`, where),
    downloadConfig({ file, hasHeaders: headers, certificate, verify }),
  ] as const))));

const downloadsAs = REQUESTS.filter(([, { hasUser, hasClientCertificate }]) => hasUser || hasClientCertificate)
  .flatMap(([who, request]) => [places[0], places.at(-1)!].flatMap(([where, file]) => CERTIFICATES.map(certificate => [
    words('download, verify sum', who, certificate && `certificate ${certificate}`, where),
    downloadConfig({ file, ...request, certificate, verify: 'sum' }),
  ] as const)));

const SECRETS = [
  { urlHasVariables: true, signs: false },
  { urlHasVariables: false, signs: true },
  { urlHasVariables: true, signs: true },
];

/** Each of these with the shortest and with the longest of everything else. */
const downloadsOfSecrets = SECRETS.flatMap(({ urlHasVariables, signs }) =>
  BOTH.flatMap(most => (['sum', 'length'] as const).map(verify => [
    words(
      'download, verify', verify, signs && 'signed', urlHasVariables && 'with variables in the URL',
      most && 'with headers as a client certificate text', most && places.at(-1)![0],
    ),
    downloadConfig({
      ...most ? { file: places.at(-1)![1], hasHeaders: true, hasClientCertificate: true, certificate: 'text' } : {},
      urlHasVariables,
      signs,
      verify,
    }),
  ] as const)));

/** A file may ask for encodings that are not known at synth; without variables there is nothing to encode. */
function encodingsOf(template: 'text' | 'file' | 'parts', variables: boolean): boolean[] {
  if (!variables) return [false];
  return template === 'text' ? BOTH : [true];
}

const TEMPLATES = ['text', 'file', 'parts'] as const;

const generations = places.flatMap(([where, file]) => TEMPLATES.flatMap(template => BOTH.flatMap(variables =>
  encodingsOf(template, variables).flatMap(encodings =>
    BOTH.map(keepUndeclared => [
      words(
        'generate from', template, variables && 'with variables',
        template === 'text' && encodings && 'encoded', keepUndeclared && 'as far as declared', where,
      ),
      generateConfig({ file, template, variables, encodings, keepUndeclared }),
    ] as const)))));

const preparations = (['all', 'folder', 'nobody'] as const).flatMap(owner => BOTH.flatMap(mode =>
  BOTH.map(removeLostAndFound => [
    words('prepare a volume, own', owner, mode && 'with mode', removeLostAndFound && 'without lost+found'),
    prepareVolume({ owner, mode, removeLostAndFound }),
  ] as const)));

const copies = BOTH.map(keep => [words('copy from image', keep && 'if absent'), copyFromImage({ keep })] as const);

const fileCopies = BOTH.flatMap(keep => [
  [words('copy files', keep && 'if absent'), copyFiles({ keep })] as const,
  [words('copy files of parts', keep && 'if absent'), copyFiles({ keep, joins: true })] as const,
  ...BOTH.flatMap(encodings => BOTH.flatMap(keepUndeclared => BOTH.map(joins => [
    words(
      'copy files', joins && 'of parts', 'with variables', encodings && 'encoded',
      keepUndeclared && 'as far as declared', keep && 'if absent',
    ),
    copyFiles({ keep, expand: { encodings, keepUndeclared }, joins }),
  ] as const))),
]);

const VERIFIED = ['sum', 'length'] as const;

/** With the shortest and with the longest request. */
const archives = (['tar', 'tar.gz', 'zip'] as const).flatMap(format => BOTH.flatMap(keep => VERIFIED.flatMap(verify =>
  BOTH.map(asks => [
    words(
      'download and unpack', asks && 'some', format, 'verify', verify, asks && 'as somebody', keep && 'if absent',
    ),
    downloadArchive({
      format,
      keep,
      include: asks,
      verify,
      redirects: asks || undefined,
      certificate: asks ? 'text' : undefined,
      hasHeaders: asks,
      hasUser: asks,
      hasClientCertificate: asks,
    }),
  ] as const))));

const clones = (['nobody', 'token', 'key'] as const).flatMap(auth => BOTH.flatMap(certificate => BOTH.map(keep => [
  words('clone as', auth, certificate && 'certificate', keep && 'if absent'),
  cloneRepository({ auth, certificate, keep }),
] as const)));

const archiveOfSecrets = [
  'download and unpack zip verify sum signed with variables in the URL',
  downloadArchive({ format: 'zip', keep: false, include: false, verify: 'sum', signs: true, urlHasVariables: true }),
] as const;

const CONDITIONS = ['completed', 'met', 'rolledOut'] as const;

const conditions = BOTH.flatMap(single => [...CONDITIONS.map(kind => [kind]), CONDITIONS].filter(kinds =>
  kinds.length === 1 || !single).map(kinds => [
  words(single ? 'one condition' : 'several conditions', ...kinds),
  waitForCondition({ kinds: new Set(kinds), single }),
] as const));

const programs: readonly (readonly [name: string, program: Program])[] = [
  ...waits, ...conditions, ...asking, ...counting, ...waitsForParted,
  ...downloads, ...notFollowing, ...downloadsAs, ...downloadsOfSecrets, ...partedCertificates,
  ...generations, ...preparations, ...archives, archiveOfSecrets, ...clones, ...copies, ...fileCopies,
  ['generate variables', generateEnv({ encodings: false })],
  ['generate variables that are encoded', generateEnv({ encodings: true })],
  ['trust certificates', trustCertificates({})],
  ['run bounded', runBounded()],
  ['run again', runAgain()],
];

export const VARIANTS = programs.map(([name, { text }]) => [name, text] as const);

const RELEASED = join(__dirname, '../../.released');

/** Where the hashes of the last release's programs are, by the names above. */
export const HASHES = join(RELEASED, 'programs.json');

/** Where it is noted which programs are no longer those of the last release. */
export const CHANGED = join(RELEASED, 'changed-programs.json');

export const hashes = Object.fromEntries(programs.map(([name, { hash }]) => [name, hash]));

/** The programs of the last release that are no longer made as they were. */
export function changedPrograms(): string[] {
  const released: { [name: string]: string } = existsSync(HASHES) ? JSON.parse(readFileSync(HASHES, 'utf8')) : {};
  return Object.keys(released).filter(name => hashes[name] !== released[name]);
}
