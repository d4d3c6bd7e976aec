/** What each step that fills a folder does with what is there: one table for all of them. */
import { execFileSync, spawn } from 'child_process';
import {
  chmodSync, chownSync, closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, utimesSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import { IfPresent } from '../../src';
import { inEveryGitContainer } from '../lab/clones';
import { entriesOf, keeping, makeEntries, modeOf, replacing, type Entries, type Unit } from '../lab/entries';
import {
  FILLERS, GIT_FILLERS, removeFillersAfterwards, type FolderFiller,
} from '../lab/folder-fillers';
import { sleep } from '../lab/process';
import { run } from '../lab/run';
import { inEveryContainer, type Case } from '../lab/shells';

const folder = mkdtempSync(join(tmpdir(), 'folders-'));
const mounted: string[] = [];
afterAll(() => {
  mounted.forEach(path => execFileSync('umount', [path]));
  rmSync(folder, { recursive: true });
});

const OTHER = '22222222-2222-4222-8222-222222222222';
const SUM = 'b'.repeat(64);
const KILLS = 10;
const NOBODY = 65534;

/** A pod whose volume holds these entries of the step's user, and at most so many bytes. */
function pod(entries: Entries = {}, bytes?: number): string {
  const root = mkdtempSync(join(folder, 'pod-'));
  const out = join(root, 'out');
  mkdirSync(out);
  if (bytes !== undefined) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'full', out]);
    mounted.push(out);
  }
  makeEntries(out, entries);
  execFileSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, out]);
  chmodSync(out, 0o777);
  return root;
}

const left = (root: string) => entriesOf(join(root, 'out'));

const NEW: Entries = {
  'a': 'new a',
  '.hidden': 'new hidden',
  '..odd': 'odd',
  'b c/d': 'new d',
  'b c/.e': 'new e',
  'empty': undefined,
  'link': '-> a',
  'nowhere': '-> /no/where',
};

/** Of two versions, each of which can be told from the other. */
const version = (letter: string): Entries => Object.fromEntries(
  ['x', 'y', 'z'].flatMap(name => [1, 2, 3].map(index => [`${name}/${index}`, letter.repeat(2000)])),
);

/** How a step that is being made ends in these volumes. */
async function filled(step: ReturnType<FolderFiller['filling']>, root: string) {
  const { container, image } = await step;
  return run(container, image, { folder: root });
}

/** Whether each file is of one version, or each entry of the top level. */
function isWhole(entries: Entries, unit: Unit): boolean {
  const visible = Object.entries(entries).filter(([path]) => !path.startsWith('.init.'));
  if (unit === 'file') return visible.length === 9 && visible.every(([, text]) => /^(.)\1{1999}$/.test(text ?? ''));
  return ['x', 'y', 'z'].every(name => {
    const texts = visible.filter(([path]) => path.startsWith(`${name}/`)).map(([, text]) => text);
    return texts.length === 0 || (texts.length === 3 && new Set(texts).size === 1);
  });
}

function table({ name, id, unit, lacks, tooMuch, noRoom, filling }: FolderFiller): Case[] {
  const wanted = Object.fromEntries(Object.entries(NEW).filter(([path]) => !lacks.includes(path)));
  return [
    [`${name}, killed ${KILLS} times: nothing is half or lost, and the next run leaves nothing else`, async shell => {
      const root = pod(version('a'));
      const steps = await Promise.all(['b', 'a'].map(letter => filling(shell, version(letter))));
      for (let count = 0; count < KILLS; count++) {
        const { container, image } = steps[count % 2];
        const { exitCode } = await run(container, image, {
          folder: root,
          meanwhile: async ({ signal }) => {
            await sleep(20 + Math.random() * 120);
            signal('SIGKILL');
          },
        });
        expect({ exitCode: [0, null].includes(exitCode), whole: isWhole(left(root), unit) })
          .toEqual({ exitCode: true, whole: true });
      }
      const { exitCode } = await run(steps[0].container, steps[0].image, { folder: root });

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: version('b') });
    }],
    [`${name} into a fresh volume: all is there, links as links, dot files too`, async shell => {
      const root = pod();

      const { exitCode } = await filled(filling(shell, wanted), root);

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: wanted });
    }],
    [`${name} into a folder that is not there: it is made, and others can enter it`, async shell => {
      const root = pod();

      const { exitCode } = await filled(filling(shell, { x: 'new' }, { folder: 'a b/c' }), root);

      expect({ exitCode, left: left(root), mode: modeOf(join(root, 'out/a b/c')) })
        .toEqual({ exitCode: 0, left: { 'a b/c/x': 'new' }, mode: '755' });
    }],
    [`${name}, repeated: nothing is nested, what it wrote is new, what others wrote stays`, async shell => {
      const before = { 'a': 'old', 'b c/d': 'old d', 'b c/gone': 'old', 'others/x': 'mine', '.others': 'mine' };
      const root = pod(before);
      const { container, image } = await filling(shell, wanted);

      const exitCodes = [await run(container, image, { folder: root }), await run(container, image, { folder: root })]
        .map(({ exitCode }) => exitCode);

      expect({ exitCodes, left: left(root) })
        .toEqual({ exitCodes: [0, 0], left: replacing(wanted, unit)(before) });
    }],
    [`${name} over files that are open and running: whoever has them keeps them`, async shell => {
      const root = pod({ open: 'old' });
      copyFileSync('/bin/sleep', join(root, 'out/running'));
      const running = spawn(join(root, 'out/running'), ['60']);
      const open = openSync(join(root, 'out/open'), 'r');

      const { exitCode } = await filled(filling(shell, { open: 'new', running: 'new' }), root);

      const kept = readFileSync(open, 'utf8');
      closeSync(open);
      expect({ exitCode, left: left(root), kept, runs: running.exitCode === null })
        .toEqual({ exitCode: 0, left: { open: 'new', running: 'new' }, kept: 'old', runs: true });
      running.kill();
    }],
    [`${name} that keeps what is there: ${unit} by ${unit}, whatever it is`, async shell => {
      const before = { 'a': 'mine', 'b c/mine': 'mine', 'link': '-> /else' };
      const root = pod(before);

      const { exitCode, said } = await filled(filling(shell, wanted, { ifPresent: IfPresent.KEEP }), root);

      expect({ exitCode, left: left(root), kept: said.filter(line => line.endsWith('is there already')) }).toEqual({
        exitCode: 0,
        left: keeping(wanted, unit)(before),
        kept: (unit === 'file' ? ['a'] : ['a', 'b c', 'link']).map(entry => `/out/${entry} is there already`),
      });
    }],
    [`${name} into a volume that is full: the old entries stay, and that is said`, async shell => {
      const root = pod({ 'x/1': 'old' }, 65_536);

      const { exitCode, last } = await filled(filling(shell, { 'x/1': 'n'.repeat(100_000) }), root);

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 1, left: { 'x/1': 'old' } });
      expect(last).toMatch(noRoom);
    }],
    [`${name} of more than maxSize: nothing is written`, async shell => {
      const root = pod({ x: 'old' });

      const maxSize = Size.kibibytes(64);
      const { exitCode, last } = await filled(filling(shell, { x: 'n'.repeat(100_000) }, { maxSize }), root);

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 1, left: { x: 'old' } });
      expect(last).toMatch(tooMuch);
    }],
    [`${name} of two pods at once: each ${unit} is of one of them`, async shell => {
      const root = pod(version('o'));
      const steps = await Promise.all(['a', 'b'].map(letter => filling(shell, version(letter))));

      const runs = await Promise.all(steps.map(async ({ container, image }, index) =>
        run(container, image, { folder: root, env: index === 0 ? {} : { step_pod: OTHER } })));

      expect({ exitCodes: runs.map(({ exitCode }) => exitCode), whole: isWhole(left(root), unit) })
        .toEqual({ exitCodes: [0, 0], whole: true });
      expect(Object.keys(left(root)).filter(path => path.startsWith('.init.'))).toEqual([]);
    }],
    [`${name}: what a pod left that is gone goes, what one is at work with stays`, async shell => {
      const own = `.init.11111111-1111-4111-8111-111111111111.${id}`;
      const gone = `.init.${OTHER}.${id}`;
      const busy = `.init.${OTHER.replaceAll('2', '3')}.${id}`;
      const root = pod({
        [`${own}.new/a`]: 'left',
        [`${gone}.new/a`]: 'left',
        [`${gone}.old/b`]: 'old b',
        [`${busy}.new/a`]: 'at work',
        '.init.d.old/a': 'of somebody',
        [`${gone}.${SUM}.part`]: 'an archive',
        [`${busy}.${SUM}.part`]: 'an archive',
      });
      const old = [`${gone}.new`, `${gone}.old`, `${gone}.${SUM}.part`, '.init.d.old'];
      for (const each of old) utimesSync(join(root, 'out', each), 0, 0);

      const { exitCode } = await filled(filling(shell, { a: 'new' }), root);

      expect({ exitCode, left: left(root) }).toEqual({
        exitCode: 0,
        left: {
          'a': 'new',
          'b': 'old b',
          [`${busy}.new/a`]: 'at work',
          [`${busy}.${SUM}.part`]: 'an archive',
          '.init.d.old/a': 'of somebody',
        },
      });
    }],
    [`${name} over what belongs to somebody else: that is said, and it stays`, async shell => {
      const root = pod({ 'x/1': 'old' });
      chownSync(join(root, 'out/x'), 0, 0);
      chmodSync(join(root, 'out/x'), 0o755);

      const { exitCode, last } = await filled(filling(shell, { 'x/1': 'new' }), root);

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 1, left: { 'x/1': 'old' } });
      const what = unit === 'file' ? '/out/x/1' : '/out/x';
      expect(last).toMatch(new RegExp(`^cannot replace ${what} as user 65534: .*(denied|not permitted)`, 'i'));
    }],
    [`${name} into a folder that may not be written`, async shell => {
      const root = pod();
      chownSync(join(root, 'out'), 0, 0);
      chmodSync(join(root, 'out'), 0o755);

      const { exitCode, last } = await filled(filling(shell, { x: 'new' }), root);

      expect({ exitCode, left: left(root) }).toEqual({ exitCode: 1, left: {} });
      expect(last).toMatch(/^cannot write to \/out as user 65534: .*permission denied/i);
    }],
  ];
}

/** Files that are copied one by one leave such folders and links alone: test/faults/copy-files.test.ts. */
function ofOtherKinds({ name, unit, filling }: FolderFiller): Case[] {
  if (unit === 'file') return [];
  return [[`${name} where a file became a folder, and a folder a file or a link`, async shell => {
    const root = pod({ 'one': 'a file', 'two/x': 'a folder', 'three/x': 'a folder', 'four': '-> one' });
    const entries = { 'one/x': 'new', 'two': 'new', 'three': '-> two', 'four/x': 'new' };

    const { exitCode } = await filled(filling(shell, entries), root);

    expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: entries });
  }]];
}

const rows = (filler: FolderFiller) => [...table(filler), ...ofOtherKinds(filler)];

removeFillersAfterwards();
inEveryContainer(FILLERS.flatMap(rows));
inEveryGitContainer(GIT_FILLERS.flatMap(rows));
