/** Runs a table of cases in every shell, side by side. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inLab } from './container';
import { KINDS, makeImage, missingTool, type Image, type Kind } from './images';

export interface Shell extends Image {
  readonly name: string;
}

export type Case = readonly [sentence: string, check: (shell: Shell) => Promise<void>];

const AT_ONCE = 16;

/** A test that says that something is not there: skipped, and a failure where everything must be. */
export function missing(what: string): void {
  if (process.env.CI_REQUIRES_SHELLS) {
    test(`${what} is there`, () => {
      throw new Error(`${what} is missing, and CI_REQUIRES_SHELLS is set`);
    });
  } else {
    test.skip(`${what} is not there: not run`, () => undefined);
  }
}

/** Calls `use` with each shell that is there; the images are there while the tests run. */
export function withShells(names: string[], use: (shell: Shell) => void): void {
  const tool = missingTool();
  if (tool !== undefined) return missing(tool);
  const images = mkdtempSync(join(tmpdir(), 'images-'));
  afterAll(() => rmSync(images, { recursive: true }));
  for (const kind of KINDS.filter(({ name }) => names.includes(name))) {
    if (kind.shell === undefined) missing(kind.name);
    else use({ name: kind.name, ...makeImage(join(images, kind.name), kind as Required<Kind>) });
  }
}

/** One test of each case in each shell. They run side by side, for most of them wait: begin a table with those that wait long. */
export function inEveryShell(cases: readonly Case[]): void {
  const queues: (() => Promise<void>)[][] = cases.map(() => []);
  jest.setTimeout(120_000);
  withShells(KINDS.map(({ name }) => name), shell => {
    describe(`in ${shell.name}`, () => {
      cases.forEach(([sentence, check], index) => {
        let done: (error?: unknown) => void;
        const outcome = new Promise<unknown>(settle => { done = settle; });
        queues[index].push(() => check(shell).then(() => done(), error => done(error)));
        test(sentence, async () => {
          const error = await outcome;
          if (error !== undefined) throw error;
        });
      });
    });
  });
  beforeAll(() => {
    const queue = queues.flat();
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next();
    };
    for (let count = 0; count < AT_ONCE; count++) void worker();
  });
}

/** The same for cases that need containers; elsewhere each is listed as not run. */
export function inEveryContainer(cases: readonly Case[]): void {
  if (inLab) return inEveryShell(cases);
  for (const [sentence] of cases) missing(`root, for '${sentence}',`);
}
