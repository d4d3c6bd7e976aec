/**
 * Keeps the interface as it was compiled last in .released/, where jsii-diff finds that of the last
 * release. Texts and places in files are left out: they are not the interface, and a difference of two
 * releases is to show what changed for users.
 *
 * Beside it are the hashes of the programs, and the default images: tests tell by them what a release changes in pods.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { releasesIn } from './changelog';
import { CHANGED, HASHES, hashes } from '../test/programs/variants';
import { defaultImages, IMAGES } from '../test/released-images';

const folder = '.released';
const texts = [
  'author', 'description', 'fingerprint', 'homepage', 'keywords', 'license', 'locationInModule', 'metadata',
  'readme', 'repository',
];

/** Of the documentation only the stability, by which jsii-diff judges what may change. */
function withoutTexts(key: string, value: any): unknown {
  if (texts.includes(key)) return undefined;
  return key === 'docs' ? { stability: value.stability } : value;
}

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/.jsii`, `${JSON.stringify(JSON.parse(readFileSync('.jsii', 'utf8')), withoutTexts, 1)}\n`);
const [{ version }] = releasesIn(readFileSync('CHANGELOG.md', 'utf8'));
writeFileSync(`${folder}/package.json`, `${JSON.stringify({ version, jsii: {}, peerDependencies }, undefined, 1)}\n`);
writeFileSync(HASHES, `${JSON.stringify(hashes, undefined, 1)}\n`);
writeFileSync(CHANGED, '[]\n');
writeFileSync(IMAGES, `${JSON.stringify(defaultImages(), undefined, 1)}\n`);
