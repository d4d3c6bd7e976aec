/** The rules of the programs, for each fragment alone, for every two of them, and for what is made of them. */
import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { VARIANTS } from './variants';
import { runBounded, waitForService } from '../../src/programs';
import { find } from '../lab/images';
import { missing } from '../lab/shells';

jest.setTimeout(120_000);

const SOURCE = join(__dirname, '../../src/programs');
const fragments = readdirSync(SOURCE).filter(name => name.endsWith('.sh')).sort();
const textOf = (name: string) => readFileSync(join(SOURCE, name), 'utf8');
const lines = (text: string) => text.trimEnd().split('\n');

const folder = mkdtempSync(join(tmpdir(), 'lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function findings(tool: string, args: string[]): string {
  const { stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  return stdout + stderr;
}

/**
 * Fragments share variables: each alone seems to use what nobody sets (SC2154), and to set what nobody uses (SC2034).
 * Behind one that ends the program none seems to be reached (SC2317).
 */
const SHARED = ['-e', 'SC2154,SC2034,SC2317'];

function shellcheck(texts: { [name: string]: string }): string {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return findings('shellcheck', ['-s', 'sh', ...SHARED, ...Object.keys(texts)]);
}

function withTool(tool: string, use: () => void): void {
  if (find(tool) === undefined) missing(tool);
  else use();
}

withTool('shellcheck', () => {
  test.each(fragments)('shellcheck finds nothing in %s', name => {
    expect(shellcheck({ [name]: textOf(name) })).toBe('');
  });

  test('shellcheck finds nothing in any two fragments, one behind the other', () => {
    const pairs = fragments.flatMap((one, index) =>
      fragments.slice(index + 1).map(other => [`${one}+${other}`, textOf(one) + textOf(other)]));

    expect(shellcheck(Object.fromEntries(pairs))).toBe('');
  });

  test('shellcheck finds nothing in all of them, one behind the other', () => {
    expect(shellcheck({ all: fragments.map(textOf).join('') })).toBe('');
  });
});

withTool('shfmt', () => test('shfmt leaves the fragments and all programs as they are', () => {
  const programs: [string, string][] = VARIANTS.map(([name, text]) => [name, `#!/bin/sh\n${text}`]);
  const texts = Object.fromEntries([...fragments.map((name): [string, string] => [name, textOf(name)]), ...programs]);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);

  expect(findings('shfmt', ['-i', '2', '-ci', '-ln', 'posix', '-d', ...Object.keys(texts)])).toBe('');
}));

test('a wait for one endpoint of TCP is a program of at most 3.5 KiB', () => {
  const text = waitForService({ schemes: new Set(['tcp']), single: true, inARow: false, slow: false }).text;

  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3584);
});

test('one for a name that may have several addresses has at most 1 KiB more', () => {
  const needs = { schemes: new Set(['tcp']), severalAddresses: true, single: true, inARow: false, slow: false };

  expect(Buffer.byteLength(waitForService(needs).text)).toBeLessThanOrEqual(4608);
});

/** What a wait waits for. */
function kindsOf(name: string): string[] {
  return /^wait for (one|several)((?: [a-z]+?)+?)(?: (?:from outside|of several|in a row).*| slowly)?$/
    .exec(name)?.[2].trim().split(' ') ?? [];
}

/** How much longer a program may be that asks as somebody, looks into bodies or makes a URL, in KiB. */
function longerRequest(name: string): number {
  const parts = name.match(/as a user|as a client|for a body|signed|with variables in the URL/g) ?? [];
  const headers = name.includes('with headers') ? 1 : 0;
  const signature = name.includes('signed') ? 1 : 0;
  return 2 * Math.min(2 + signature, parts.length + headers + signature);
}

/** The longest that a program may be, in KiB. */
function longest(name: string): number {
  const whole = name.replace(/ (?:of|from|certificate) parts/, '');
  return longestOfOne(whole) + (whole === name ? 0 : 1);
}

/** The same for one that puts no text together. */
function longestOfOne(name: string): number {
  if (name.includes('condition')) return name.includes('completed met') ? 23 : 22;
  if (kindsOf(name).includes('url')) return 24;
  const continuing = name.includes('verify sum') ? 2 : 0;
  if (name.startsWith('download and unpack')) return 19 + continuing;
  if (name.startsWith('clone')) return 16.5;
  if (name.startsWith('copy files with variables')) return 13.5;
  if (name.startsWith('generate variables')) return 9;
  if (kindsOf(name).length > 1) return name.includes('signed') ? 18 : 16;
  const more = continuing + longerRequest(name);
  if (/if absent|volume of others|in a folder|from outside/.test(name)) return 10 + more;
  return (name.startsWith('wait for several') ? 8.5 : 8) + more;
}

test('no program is longer than 8 KiB, or than what its kind may have', () => {
  const limit = (name: string) => longest(name) * 1024;

  expect(VARIANTS.filter(([name, text]) => Buffer.byteLength(text) > limit(name)).map(([name]) => name)).toEqual([]);
});

test('no line is longer than 100 columns, but the first one of a program', () => {
  const long = VARIANTS.flatMap(([name, text]) =>
    lines(text).slice(1).filter(line => line.length > 100).map(line => [name, line]));

  expect(long).toEqual([]);
});

test('the first line says which program it is, of which text, and where its documentation is', () => {
  expect(lines(runBounded().text)[0])
    .toMatch(/^# cdk8s-init-containers run-bounded sha256:[0-9a-f]{10} https:\/\/\S+$/);
});

test('different programs have different hashes', () => {
  const hashes = new Map(VARIANTS.map(([, text]) => [text, /sha256:(\S+)/.exec(text)![1]]));

  expect(new Set(hashes.values()).size).toBe(hashes.size);
});

interface Named {
  readonly name: string;
  /** The line above it. */
  readonly above: string;
  /** How many lines it has. */
  readonly length: number;
}

/** The functions of the shell and of awk. */
function functionsOf(text: string): Named[] {
  const all = lines(text);
  return all.flatMap((line, start) => {
    const [, indent, name] = /^( *)(?:function )?([a-z_]+)\(.*?\) \{/.exec(line) ?? [];
    if (name === undefined) return [];
    const length = line.endsWith('}') ? 1 : all.slice(start).findIndex(each =>
      each === `${indent}}` || each.startsWith(`${indent}}'`)) + 1;
    return [{ name, above: all[start - 1], length: length === 0 ? all.length : length }];
  });
}

test('above each function stands what it does', () => {
  const isDescribed = ({ name, above }: Named) => above.trimStart().startsWith(`# ${name}`) || above.startsWith('# ');
  const undescribed = fragments.flatMap(file =>
    functionsOf(textOf(file)).filter(each => !isDescribed(each)).map(({ name }) => `${file}: ${name}`));

  expect(undescribed).toEqual([]);
});

test('no function is longer than 20 lines, but the one that holds a program of awk', () => {
  const long = fragments.flatMap(name =>
    functionsOf(textOf(name)).filter(({ length }) => length > 20).map(each => `${name}: ${each.name}`));

  expect(long).toEqual(['expand.sh: expand']);
});

test.each(VARIANTS)('%s: evaluates nothing, and holds nothing that the kubelet expands', (_, text) => {
  expect(text.match(/\beval\b|\$\$|\$\([A-Za-z_][A-Za-z0-9_.-]*\)/g)).toBeNull();
});
