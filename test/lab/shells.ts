/** Runs a table of cases in every shell, side by side. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { inLab } from './container';
import { KINDS, makeImage, type Image, type Kind } from './images';

export interface Shell extends Image {
  readonly name: string;
}

export type Case = readonly [sentence: string, check: (shell: Shell) => Promise<void>];

const AT_ONCE = 16;

const ALL = ['all that needs it'];

/** Says of things that are not there what is not run without them; a failure where everything must be there. */
export function missing(things: string | readonly string[], sentences: readonly string[] = ALL): void {
  const names = [things].flat();
  if (names.length === 0) return;
  if (process.env.CI_REQUIRES_SHELLS) {
    test.each(names)('%s is there', name => {
      throw new Error(`${name} is missing, and CI_REQUIRES_SHELLS is set`);
    });
    return;
  }
  for (const name of names) test.skip.each(sentences)(`not run, because ${name} is not there: %s`, () => undefined);
  // Of tests that are skipped jest tells the number only.
  const file = relative(join(__dirname, '../..'), expect.getState().testPath!);
  process.stderr.write(
    `${file}: not run, because ${names.join(', ')} is not there:\n${sentences.map(each => `  ${each}\n`).join('')}`,
  );
}

/** Says of something that not everybody can have that it is not there: that is no failure anywhere. */
export function notMade(name: string, by: string): void {
  const sentence = `not run, because ${by} has not made ${name}`;
  test.skip(sentence, () => undefined);
  process.stderr.write(`${relative(join(__dirname, '../..'), expect.getState().testPath!)}: ${sentence}\n`);
}

/** Calls `use`, which makes these tests, with each of these kinds that is there; the images last while they run. */
export function withShells(kinds: readonly Kind[], sentences: readonly string[], use: (shell: Shell) => void): void {
  const there = kinds.filter(kind => lackOf(kind) === undefined);
  missing(kinds.flatMap(kind => lackOf(kind) ?? []), sentences);
  if (there.length === 0) return;
  const images = mkdtempSync(join(tmpdir(), 'images-'));
  afterAll(() => rmSync(images, { recursive: true }));
  for (const kind of there) use({ name: kind.name, ...makeImage(join(images, kind.name), kind) });
}

function lackOf({ name, shell, busybox, curl }: Kind): string | undefined {
  if (shell === undefined) return name;
  return [busybox, curl].includes(undefined) ? `what .ci/lab makes for ${name}` : undefined;
}

/** One run of a case in a shell, and what its test waits for. */
interface Turn {
  readonly name: string;
  readonly check: () => Promise<void>;
  readonly done: (error?: unknown) => void;
}

/**
 * One test of each case in each shell. They run side by side, for most of them wait: begin a table with those that
 * wait long. What fails so is tried twice more without the others, whose load makes a pause of the program longer
 * than any server would: only what fails alone, too, is a failure.
 */
export function inEveryShell(cases: readonly Case[]): void {
  const turns: Turn[][] = cases.map(() => []);
  jest.setTimeout(300_000);
  withShells(KINDS, cases.map(([sentence]) => sentence), shell => {
    describe(`in ${shell.name}`, () => {
      cases.forEach(([sentence, check], index) => {
        let done: (error?: unknown) => void;
        const outcome = new Promise<unknown>(settle => { done = settle; });
        turns[index].push({
          name: `in ${shell.name} ${sentence}`,
          check: () => check(shell),
          done: error => done(error),
        });
        test(sentence, async () => {
          const error = await outcome;
          if (error !== undefined) throw error;
        });
      });
    });
  });
  beforeAll(() => { void takeTurns(turns.flat()); });
}

async function takeTurns(turns: Turn[]): Promise<void> {
  const again: Turn[] = [];
  const worker = async () => {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      const { name, check, done } = turn;
      await check().then(() => done(), error => {
        process.stderr.write(`failed beside others, and is tried again alone: ${name}\n${error}\n`);
        again.push({ name, check, done });
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const { check, done } of again) await check().catch(check).then(() => done(), error => done(error));
}

/** The same for cases that need containers; elsewhere each is listed as not run. */
export function inEveryContainer(cases: readonly Case[]): void {
  if (inLab) inEveryShell(cases);
  else missing('root', cases.map(([sentence]) => sentence));
}
