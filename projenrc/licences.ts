import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import type { Metafile } from 'esbuild';

/** A package that is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository?: { readonly url: string };
}

/**
 * The licences of the packages that are in bundles, which whoever publishes these must pass on.
 *
 * @param otherwise what to write of a package that has no file with its licence
 */
export function licencesOf(bundles: readonly Metafile[], otherwise: (bundled: BundledPackage) => string): string {
  return packagesOf(bundles.flatMap(({ inputs }) => Object.keys(inputs)))
    .map(folder => licenceOf(folder, otherwise))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folders of the packages that files are of. */
function packagesOf(files: string[]): string[] {
  const folders = files.map(
    file => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '',
  );
  return [...new Set(folders)].filter(folder => folder !== '').sort();
}

function licenceOf(folder: string, otherwise: (bundled: BundledPackage) => string): string {
  const bundled: BundledPackage = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  const text = file === undefined ? otherwise(bundled) : readFileSync(join(folder, file), 'utf8').trim();
  return `${bundled.name} ${bundled.version} (${bundled.license})\n\n${text}\n`;
}
