/** Clones in containers, and what is left of them. Images, repositories and volumes go with the tests of the file. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { entriesOf, type Entries } from './entries';
import {
  gitServer, missingGit, repository, stopSshServersAfterwards, withGit, type GitServerOptions, type Repository,
} from './git-servers';
import type { Image } from './images';
import { run, type RunOptions } from './run';
import { closeServersAfterwards } from './servers';
import { inEveryContainer, missing, type Case, type Shell } from './shells';
import { cloning } from './steps';
import { volumes, type Volumes } from './volumes';
import type { CloneRepositoryProps } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'clones-'));
const images = new Map<string, Image>();

/** One test of each case in a container of each shell, where all that it takes is there. */
export function inEveryGitContainer(cases: readonly Case[], absent = missingGit()): void {
  closeServersAfterwards();
  stopSshServersAfterwards();
  afterAll(() => rmSync(folder, { recursive: true }));
  if (absent.length > 0) missing(absent, cases.map(([sentence]) => sentence));
  else inEveryContainer(cases);
}

/** The image of a shell with git and ssh. */
export function imageOf(shell: Shell): Image {
  if (!images.has(shell.name)) images.set(shell.name, withGit(shell, join(folder, shell.name)));
  return images.get(shell.name)!;
}

/** A step, what is there before it, and what happens meanwhile. */
export type Clone = Volumes & Omit<Partial<CloneRepositoryProps>, 'env'>
  & Pick<RunOptions, 'meanwhile' | 'secrets' | 'files'> & { readonly root?: string };

/** The volumes of a pod. */
export function podVolumes(given?: Volumes): string {
  return volumes(folder, given);
}

/** How a step that clones a repository ends, and what is in its folder then. */
export async function cloned(url: string, shell: Shell, given: Clone = {}) {
  const { before, read, meanwhile, secrets, files, root = podVolumes({ before, read }), ...props } = given;
  const options = { folder: root, meanwhile, secrets, files, longest: 90 };
  const { exitCode, last, said, seconds } = await run(cloning({ url, ...props }), imageOf(shell), options);
  const out = join(root, 'out');
  const inWords = (line: string) => line.replaceAll(url, 'URL');
  return { root, out, seconds, said: said.map(inWords), end: { exitCode, last: inWords(last), left: entriesOf(out) } };
}

/** How it ends well. */
export function done(commit: string, entries: number): string {
  return `cloned URL: commit ${commit}, entries put into /out: ${entries}`;
}

export const FILES: Entries = { 'index.html': 'hello', 'assets/logo.svg': '<svg/>', '.hidden': 'h' };

/** A repository without commits. */
export function emptyRepository(): Repository {
  return repository(folder);
}

/** A repository with one commit, and its id. */
export function site(entries: Entries = FILES): { repo: Repository; commit: string } {
  const repo = emptyRepository();
  return { repo, commit: repo.commit(entries) };
}

/** The same behind git's own server. */
export async function served(options: GitServerOptions = {}, entries?: Entries) {
  const { repo, commit } = site(entries);
  return { repo, commit, ...await gitServer(repo, options) };
}
