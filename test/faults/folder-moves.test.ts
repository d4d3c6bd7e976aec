/** What becomes of the entries of a folder where renaming one fails, or another pod is faster. */
import { execFileSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { IfPresent } from '../../src';
import { entriesOf, makeEntries, modeOf, type Entries } from '../lab/entries';
import { withScripts, type Image } from '../lab/images';
import { run } from '../lab/run';
import { inEveryContainer, type Case, type Shell } from '../lab/shells';
import { copying } from '../lab/steps';

const folder = mkdtempSync(join(tmpdir(), 'folder-moves-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OWN = '.init.11111111-1111-4111-8111-111111111111.copy';
const NOBODY = 65534;
const files = { '.': '/source' };
const fill = copying({ files });
const keep = copying({ files, ifPresent: IfPresent.KEEP });

/** An image with these entries, in which some tools do something else first. */
function image(shell: Shell, entries: Entries, before: { [tool: string]: string } = {}): Image {
  const scripts = Object.entries(before).map(([tool, script]) => [tool, `${script}\nexec busybox ${tool} "$@"`]);
  const root = join(mkdtempSync(join(folder, 'image-')), 'root');
  const made = withScripts(Object.fromEntries(scripts), shell, root);
  mkdirSync(join(root, 'source'));
  makeEntries(join(root, 'source'), entries);
  return made;
}

/** A pod whose volume holds these entries of the step's user. */
function pod(entries: Entries = {}): string {
  const root = mkdtempSync(join(folder, 'pod-'));
  mkdirSync(join(root, 'out'));
  makeEntries(join(root, 'out'), entries);
  own(root);
  return root;
}

function own(root: string): void {
  execFileSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, join(root, 'out')]);
  chmodSync(join(root, 'out'), 0o777);
}

const left = (root: string) => entriesOf(join(root, 'out'));

const FAIL = 'echo "mv: it is so: I/O error" >&2; exit 1';
/** Of mv: fails wherever something is put into place, or only where it comes from one of the hidden folders. */
const NEVER_IN = `case $3 in */out/) ${FAIL} ;; esac`;
const neverOutOf = (hidden: string) => `case $2 in *.${hidden}/*) ${FAIL} ;; esac`;

const MAKE_FOLDER = 'mkdir /out/x; echo t >/out/x/2';
const THEIR_FOLDER = { 'x/2': 't\n' };
const MAKE_FILE = 'echo t >/out/x';
const THEIR_FILE = { x: 't\n' };

/** What another pod does just before an entry of ours gets its name. */
const FASTER: { [what: string]: { readonly ours: Entries; readonly does: string; readonly theirs: Entries } } = {
  'a folder where ours is one': { ours: { 'x/1': 'o' }, does: MAKE_FOLDER, theirs: THEIR_FOLDER },
  'a folder where ours is a file': { ours: { x: 'o' }, does: MAKE_FOLDER, theirs: THEIR_FOLDER },
  'a folder where ours is a link': { ours: { x: '-> o' }, does: MAKE_FOLDER, theirs: THEIR_FOLDER },
  'a file where ours is a folder': { ours: { 'x/1': 'o' }, does: MAKE_FILE, theirs: THEIR_FILE },
  'a file where ours is one': { ours: { x: 'o' }, does: MAKE_FILE, theirs: THEIR_FILE },
  'a file where ours is a link': { ours: { x: '-> o' }, does: MAKE_FILE, theirs: THEIR_FILE },
};

inEveryContainer([
  ['an old entry is not put back where another pod puts one in place at the same time', async shell => {
    const root = pod({ [`${OWN}.old/x/1`]: 'old' });
    const faster = `case $2 in *.old/x) ${MAKE_FOLDER} ;; esac`;

    const { exitCode } = await run(fill, image(shell, { y: 'new' }, { mv: faster }), { folder: root });

    expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: { ...THEIR_FOLDER, y: 'new' } });
  }],
  ['an entry whose new one cannot be moved in stays, and the reason is said', async shell => {
    const root = pod({ 'x/1': 'old', 'y': 'old' });

    const { exitCode, last } = await run(
      fill, image(shell, { 'x/1': 'new', 'y': 'new' }, { mv: neverOutOf('new') }), { folder: root },
    );

    expect({ exitCode, last, left: left(root) }).toEqual({
      exitCode: 1,
      last: 'cannot replace /out/x as user 65534: I/O error',
      left: { 'x/1': 'old', 'y': 'old' },
    });
  }],
  ['a reason that nobody gives is said not to be given', async shell => {
    const { exitCode, last } = await run(fill, image(shell, { x: 'new' }, { mv: 'exit 1' }), { folder: pod() });

    expect({ exitCode, last }).toEqual({
      exitCode: 1, last: 'cannot replace /out/x as user 65534: no reason given',
    });
  }],
  ['an entry that cannot be moved back either waits for the next run, which puts it back', async shell => {
    const root = pod({ 'x/1': 'old' });

    const failed = await run(fill, image(shell, { 'x/1': 'new' }, { mv: NEVER_IN }), { folder: root });
    const between = left(root);
    const { exitCode } = await run(fill, image(shell, { y: 'new' }), { folder: root });

    expect({ exitCode: failed.exitCode, said: failed.said.slice(-2), between }).toEqual({
      exitCode: 1,
      said: [
        `what was in /out is kept in /out/${OWN}.old for the next run`,
        'cannot replace /out/x as user 65534: I/O error',
      ],
      between: { [`${OWN}.old/x/1`]: 'old' },
    });
    expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: { 'x/1': 'old', 'y': 'new' } });
  }],
  ['nothing new comes where what an earlier run has moved away cannot be put back', async shell => {
    const root = pod({ [`${OWN}.old/x`]: 'old' });

    const { exitCode, last } = await run(
      fill, image(shell, { y: 'new' }, { mv: neverOutOf('old') }), { folder: root },
    );

    expect({ exitCode, last, left: left(root) }).toEqual({
      exitCode: 1,
      last: `cannot put back what is in /out/${OWN}.old as user 65534: I/O error`,
      left: { [`${OWN}.old/x`]: 'old' },
    });
  }],
  ['a link in the place of a hidden folder is removed, and nothing that it leads to is moved', async shell => {
    const root = pod({ 'mine/x': 'mine' });
    symlinkSync('mine', join(root, 'out', `${OWN}.old`));
    own(root);

    const { exitCode } = await run(fill, image(shell, { y: 'new' }), { folder: root });

    expect({ exitCode, left: left(root) }).toEqual({ exitCode: 0, left: { 'mine/x': 'mine', 'y': 'new' } });
  }],
  ['a folder that may not be written may not be so either where it could not be replaced', async shell => {
    const root = pod({ 'x/1': 'old' });
    chmodSync(join(root, 'out/x'), 0o555);

    await run(fill, image(shell, { 'x/1': 'new' }, { mv: FAIL }), { folder: root });

    expect({ mode: modeOf(join(root, 'out/x')), left: left(root) }).toEqual({ mode: '555', left: { 'x/1': 'old' } });
  }],
  ...Object.entries(FASTER).map(([what, { ours, does, theirs }]) =>
    [`what another pod makes first is kept, nothing in it: ${what}`, async shell => {
      const script = `case $* in *.new/x*) [ -e /out/x ] || { ${does}; } ;; esac`;
      const root = pod();

      const { exitCode, said } = await run(
        keep, image(shell, ours, { ln: script, mv: script }), { folder: root },
      );

      expect({ exitCode, said, left: left(root) })
        .toEqual({ exitCode: 0, said: ['/out/x is there already', 'entries put into /out: 0'], left: theirs });
    }] as Case),
]);
