/** The reader of JSON in awk reads what jq reads. */
import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { READ_JSON } from '../../src/programs/fragments';
import { find, KINDS } from '../lab/images';
import { missing } from '../lab/shells';
import '../properties';

jest.setTimeout(120_000);

const OBJECTS = join(__dirname, 'objects');
const real = readdirSync(OBJECTS).map(name => readFileSync(join(OBJECTS, name), 'utf8'));

/** Prints each document's scalars by their paths, in which the parts stand behind a byte that no text has. */
const PRINT = `${READ_JSON.trimEnd()}
print='
  function wanted(place) { return 1 }
  whole {
    for (place in at) printf "%s\\036%s\\037", place, at[place]
    print ""
  }
  END { if (broken || !whole) print "no document" }'
exec "$@" "$rules$print"`;

type Scalars = readonly (readonly [path: string, value: string])[];

const byPath = (scalars: Scalars): Scalars => [...scalars].sort(([one], [other]) => (one < other ? -1 : 1));

/** What awk reads of documents, each in its line or in several. */
function read(awk: readonly string[], text: string): (Scalars | string)[] {
  const { stdout, stderr } = spawnSync('sh', ['-c', PRINT, 'sh', ...awk], {
    input: text, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 1e9,
  });
  expect(stderr).toBe('');
  return stdout.split('\n').slice(0, -1).map(line => (line === 'no document' ? line : byPath(
    line.split('\x1f').slice(0, -1).map(each => each.split('\x1e') as [string, string]),
  )));
}

/** What jq reads: of controls blanks are left, of a null nothing, and of a number its own words. */
function readByJq(text: string): Scalars[] {
  const scalars = 'paths(type | . != "object" and . != "array") as $p';
  const program = `[${scalars} | [($p | map(tostring)), getpath($p)] | select(.[1] != null)]`;
  const { stdout, stderr } = spawnSync('jq', ['-c', program], { input: text, encoding: 'utf8', maxBuffer: 1e9 });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n').map(line => byPath(
    (JSON.parse(line) as [string[], unknown][]).map(([path, value]) =>
      [path.map(shown).join('\x1c'), shown(`${value as string}`)]),
  ));
}

// eslint-disable-next-line no-control-regex
const shown = (text: string) => text.replace(/[\0-\x1f\x7f]/g, ' ');

/** One path twice is nothing that a test compares: the order of an object decides. */
const unlike = (names: readonly string[]) => new Set(names.map(shown)).size === names.length;

const piece = fc.constantFrom(
  '"', '\\', '\\"', '\\\\', '/', '\n', '\t', '\u0001', '\u007f', '{', '}', '[', ']', ':', ',', 'u0041', '\\u0041', ' ',
  'ä', '€', '😀', '\ufffd', '"status":{"conditions":[', 'f:status', 'true', 'null', '1',
);
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(piece, { maxLength: 12 }).map(all => all.join('')));
const number = fc.oneof(fc.integer(), fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, -1.25, 1e-7));
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 5 }).filter(all => unlike(all.map(([name]) => name)))
      .map(all => Object.fromEntries(all.filter(([name]) => name !== '__proto__'))),
  ),
}));

/** Of the same value other words. */
const written = fc.tuple(fc.array(value, { maxLength: 3 }), fc.nat(5)).map(([document, way]) => {
  if (way < 2) return JSON.stringify(document);
  if (way === 2) return JSON.stringify(document, null, 2);
  if (way === 3) return JSON.stringify(document, null, '\t').replaceAll('\n', '\r\n');
  // eslint-disable-next-line no-control-regex
  const escaped = JSON.stringify(document).replace(/[^\0-\x7f]/g, unit =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return way === 4 ? escaped : escaped.replaceAll('/', '\\/');
});

const DOCUMENTS = 4000;
const SEED = process.env.NEW_INPUTS ? undefined : 1;

const busyboxes = new Map(KINDS.flatMap(({ busybox }) => (busybox ? [[busybox, [busybox, 'awk']] as const] : [])));
const others = ['mawk', 'gawk'];
missing(['jq', ...others].filter(name => find(name) === undefined));
const awks = [...busyboxes.values(), ...others.filter(name => find(name)).map(name => [name])];
const nameOf = (awk: readonly string[]) => awk[0].slice(awk[0].lastIndexOf('/') + 1);

describe.each(awks.map(awk => [nameOf(awk), awk] as const))('awk of %s', (_, awk) => {
  if (find('jq') !== undefined) {
    test('reads thousands of documents as jq does', () => {
      const documents = `${fc.sample(written, { numRuns: DOCUMENTS, seed: SEED }).join('\n')}\n`;

      expect(read(awk, documents)).toEqual(readByJq(documents));
    });

    test('reads a Job and a Deployment of a cluster as jq does', () => {
      expect(read(awk, real.join(''))).toEqual(readByJq(real.join('')));
    });
  }

  test('takes nothing that is cut for a document', () => {
    const whole = JSON.stringify({ a: [1, { b: 'x\\"y' }, true, null], c: { 'd"': '' } });
    for (let length = 1; length < whole.length; length++) {
      expect([length, read(awk, `${whole.slice(0, length)}\n`)]).toEqual([length, ['no document']]);
    }
  });

  test.each([
    '{"a":1}}', '{"a" 1}', '{"a":1,}', '[1,]', '[,1]', '{"a"}', '{a:1}', '[1 2]', '["a" "b"]', '[01]', '[1.]', '[tru]',
    '{"a":1]', '[1}', '{1:2}', '"\\x"', '"\\u12g4"', '"\\u12"', '{"a":1}{"b":2}', '<html>', ':', ',', ']',
    '{"status":404page not found}', '"a\nb"',
  ])('takes %j for no document', wrong => {
    expect(read(awk, `${wrong}\n`)).toEqual(['no document']);
  });

  test('reads a string of a megabyte, quotes and backslashes included, without an end to its patience', () => {
    const long = { status: 'ready', more: ['x'.repeat(300_000), '"\\'.repeat(30_000), '\\'.repeat(60_000)], z: '1' };
    const [scalars] = read(awk, `${JSON.stringify(long)}\n`) as Scalars[];

    expect([scalars.find(([path]) => path === 'status'), scalars.find(([path]) => path === 'z')])
      .toEqual([['status', 'ready'], ['z', '1']]);
  });
});
