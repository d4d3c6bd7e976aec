/** What users get can be reached from where they read it. */
import { existsSync, readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../src/private/values/documentation';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
const pages = filesIn('docs').filter(file => file.endsWith('.md')).map(file => `docs/${file}`);
const sources = filesIn('src').filter(file => file.endsWith('.ts')).map(file => `src/${file}`);

const linksIn = (text: string) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);

/** The names by which the headings of a page are linked to. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
}

/** Whether an address below the repository's leads to a file, and its section. */
function isThere(address: string): boolean {
  const [, path, section] = /^\/(?:blob|tree)\/main\/([^#]+)(?:#(.+))?$/.exec(address) ?? [];
  if (path === undefined) return !/^\/(blob|tree)\//.test(address);
  return existsSync(join(root, path)) && (section === undefined || headingsOf(path).includes(section));
}

function ownAddressesIn(text: string): string[] {
  return [...text.matchAll(new RegExp(`${REPOSITORY}([^\\s)'"\`,;]*)`, 'g'))].map(([, address]) => address);
}

test('README.md has no relative links: npm, PyPI and Construct Hub show it elsewhere', () => {
  expect(linksIn(read('README.md')).filter(link => !/^(https:|#)/.test(link))).toEqual([]);
});

test.each(['README.md', 'CHANGELOG.md', 'SECURITY.md', ...pages])('addresses of our own in %s lead somewhere', file => {
  expect(ownAddressesIn(read(file)).filter(address => !isThere(address))).toEqual([]);
});

test('addresses of this repository in doc comments and messages lead somewhere', () => {
  const texts = sources.map(read);
  const sections = texts.flatMap(text => [...text.matchAll(/pageOf\('([^']+)'\)/g)].map(([, section]) => section));
  const built = sections.map(section => `/blob/main/docs/${section}`);
  const addresses = [...texts.flatMap(ownAddressesIn), ...built];

  expect(built.length).toBeGreaterThan(0);
  expect(addresses.filter(address => !isThere(address))).toEqual([]);
});

test('doc comments and messages name no page without its address: not everybody has the folder', () => {
  const library = sources.filter(file => !file.startsWith('src/cli/'));

  expect(library.filter(file => /(?<!\/)\b(docs|examples)\/[\w-]+\.(md|ts)/.test(read(file)))).toEqual([]);
});

test('documents of the package link only to what is in the package', () => {
  const outside = pages.flatMap(page => linksIn(read(page))
    .filter(link => !/^(https?:|#|mailto:)/.test(link))
    .map(link => join(page, '..', link.split('#')[0]))
    .filter(path => !/^(docs|examples)\b|^(README|CHANGELOG)\.md$/.test(path)));

  expect(outside).toEqual([]);
});
