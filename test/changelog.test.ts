import { readFileSync } from 'fs';
import { join } from 'path';
import { releasesIn } from '../projenrc/changelog';
import { changedPrograms, VARIANTS } from './programs/variants';
import { changedImages } from './released-images';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');
const releases = releasesIn(read('CHANGELOG.md'));
const { version: released } = JSON.parse(read('.released/package.json'));
const nameOf = (variant: string) => new Map(VARIANTS).get(variant)?.split(' ', 3)[2];

/** The names in a section of release notes, as `code`. */
function namesIn(notes: string, heading: string): string[] {
  const [, section = ''] = notes.split(`### ${heading}\n`);
  const [text] = section.split(/^### /m);
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort();
}

test('the versions in the changelog are versions, and the newest stands first', () => {
  const versions = releases.map(({ version }) => version);
  const numbers = (version: string) => version.split('.').map(each => each.padStart(5, '0')).join('.');

  expect(versions.filter(version => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(versions).toEqual([...versions].sort((one, other) => numbers(other).localeCompare(numbers(one))));
});

/** The programs and default images that are no longer those of the last release. */
function changed(): string[] {
  const programs = changedPrograms().flatMap(variant => nameOf(variant) ?? []);
  const images = changedImages().map(image => image.split('@')[0]);
  return [...new Set([...programs, ...images])].sort();
}

test('the newest entry says under "In your pods" what is not as in the last release: programs, images', () => {
  const [{ version, notes }] = releases;

  // What has been released is told already: whoever changes more begins the entry of the next version.
  expect(changed()).toEqual(version === released ? [] : namesIn(notes, 'In your pods'));
});

test('the notes of a release are its section, without the others', () => {
  const changelog = '# Changelog\n\nWords.\n\n## 0.2.0\n\n### In your pods\n\n- `a`\n\n## 0.1.0\n\nThe first.\n';

  expect(releasesIn(changelog)).toEqual([
    { version: '0.2.0', notes: '### In your pods\n\n- `a`' },
    { version: '0.1.0', notes: 'The first.' },
  ]);
});
