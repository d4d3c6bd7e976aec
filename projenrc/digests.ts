/**
 * Raises the images that the project chooses to the newest patch of their version, wherever they stand.
 *
 * usage: npm run digests -- [--write] [--registry URL]
 */
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Repository } from './registry';

/** Where images are chosen; wherever else they stand they are repeated. */
const CHOSEN_IN = ['src/init-defaults.ts', 'projenrc/workflows.ts'];
const IMAGE = /([a-z0-9][\w./-]*):(\w[\w.-]*)@(sha256:[0-9a-f]{64})/g;
/** What was released stays as it was. */
const KEPT = /^(\.released\/|CHANGELOG\.md$)/;
const PLATFORMS = ['linux/amd64', 'linux/arm64'];

export interface Image {
  /** As it is written, such as curlimages/curl. */
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** What a registry says of an image. */
export interface Finding {
  readonly image: Image;
  /** What it should be, if something else. */
  readonly newest?: Image;
  /** A later version: people read what it changes before they choose it. */
  readonly later?: string;
  /** Why nothing can be said, or what is wrong. */
  readonly problem?: string;
}

/** The images that the project chooses. */
export function imagesIn(root: string): Image[] {
  return CHOSEN_IN.flatMap(file => [...readFileSync(join(root, file), 'utf8').matchAll(IMAGE)])
    .map(([, name, tag, digest]) => ({ name, tag, digest }));
}

/** Looks for the newest patch of an image, at its registry or at another one that mirrors it. */
export async function look(image: Image, mirror?: string): Promise<Finding> {
  try {
    const repository = repositoryOf(image.name, mirror);
    const tags = await repository.tags();
    const tag = newestPatch(image.tag, tags);
    const digest = await digestOf(repository, tag, tags);
    const isNewest = tag === image.tag && digest === image.digest;
    return { image, later: laterVersion(tag, tags), newest: isNewest ? undefined : { ...image, tag, digest } };
  } catch (error) {
    return { image, problem: (error as Error).message };
  }
}

function repositoryOf(name: string, mirror?: string): Repository {
  const [, host = 'docker.io', path] = /^(?:([^/]*[.:][^/]*)\/)?(.+)$/.exec(name)!;
  const ofDocker = path.includes('/') ? path : `library/${path}`;
  if (host === 'docker.io') return new Repository(mirror ?? 'https://registry-1.docker.io', ofDocker);
  return new Repository(mirror ?? `https://${host}`, path);
}

/** The digest by which every platform that we promise finds its image. */
async function digestOf(repository: Repository, tag: string, tags: readonly string[]): Promise<string> {
  const index = tags.includes(tag) ? await repository.index(tag) : undefined;
  if (!index) throw new Error(`there is no tag ${tag} any more`);
  const missing = PLATFORMS.filter(platform => !index.platforms.includes(platform));
  if (missing.length > 0) throw new Error(`${tag} is not for ${missing.join(' and ')}`);
  return index.digest;
}

interface Version {
  readonly tag: string;
  readonly numbers: readonly number[];
  /** What is before and behind the numbers, such as v or -glibc. */
  readonly flavour: string;
}

function versionOf(tag: string): Version | undefined {
  const [, before, numbers, behind] = /^(v?)(\d+\.\d+\.\d+)(-[a-z]+)?$/.exec(tag) ?? [];
  return numbers === undefined
    ? undefined
    : { tag, numbers: numbers.split('.').map(Number), flavour: `${before}…${behind ?? ''}` };
}

/** The versions of the same flavour, the newest first; none of a tag that is no version of three numbers. */
function versionsLike(tag: string, tags: readonly string[]): Version[] {
  const flavour = versionOf(tag)?.flavour;
  return tags.flatMap(each => versionOf(each) ?? []).filter(each => each.flavour === flavour)
    .sort((one, other) => compared(other.numbers, one.numbers));
}

function compared(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index < 0 ? 0 : one[index] - other[index];
}

function newestPatch(tag: string, tags: readonly string[]): string {
  const [major, minor] = versionOf(tag)?.numbers ?? [];
  const patches = versionsLike(tag, tags).filter(({ numbers }) => numbers[0] === major && numbers[1] === minor);
  return patches[0]?.tag ?? tag;
}

function laterVersion(tag: string, tags: readonly string[]): string | undefined {
  const [newest] = versionsLike(tag, tags);
  return newest?.tag === tag ? undefined : newest?.tag;
}

/** Writes an image in the place of another one, wherever it stands in the repository. */
export function raise(root: string, { image, newest }: Finding): void {
  if (!newest) return;
  const tagged = new RegExp(`${escaped(`${image.name}:${image.tag}`)}(?![\\w.-])`, 'g');
  for (const file of execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
    if (KEPT.test(file)) continue;
    const text = readFileSync(join(root, file), 'utf8');
    const raised = text.replaceAll(image.digest, newest.digest).replace(tagged, `${newest.name}:${newest.tag}`);
    if (raised !== text) writeFileSync(join(root, file), raised);
  }
}

function escaped(text: string): string {
  return text.replace(/[.\/]/g, '\\$&');
}

/** What is said of an image. */
export function said({ image, newest, later, problem }: Finding): string {
  const name = `${image.name}:${image.tag}`;
  if (problem !== undefined) return `${name}: ${problem}`;
  const news = newest ? `${newest.tag} is ${newest.digest}` : 'is the newest';
  return `${name}: ${news}${later ? `; ${later} is there, too: read what it changes` : ''}`;
}

async function main(args: readonly string[]): Promise<number> {
  const mirror = args.includes('--registry') ? args[args.indexOf('--registry') + 1] : undefined;
  const findings = await Promise.all(imagesIn('.').map(image => look(image, mirror)));
  findings.forEach(finding => console.log(said(finding)));
  if (findings.some(({ problem }) => problem !== undefined)) return 2;
  if (findings.every(({ newest }) => !newest)) return 0;
  if (!args.includes('--write')) return 1;
  findings.forEach(finding => raise('.', finding));
  console.log('written; now: npm test, npm run golden, and an entry in CHANGELOG.md');
  return 0;
}

if (require.main === module) void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
