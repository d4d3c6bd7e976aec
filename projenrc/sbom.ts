/**
 * Writes the bill of materials of the package, in CycloneDX: the packages that its command line is bundled of, which
 * npm takes for tools of ours. What is installed beside it is chosen by its users, and stands in theirs.
 *
 * usage: tsx projenrc/sbom.ts FILE
 */
import { execFileSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname } from 'path';

interface Component {
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version': string;
  readonly 'properties'?: readonly object[];
}

interface Bom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The packages, `name version`, whose licences lib/cli/LICENSES.txt holds. */
export function bundledIn(licences: string): string[] {
  return [...licences.matchAll(/^((?:@[^/\s]+\/)?[^/\s]+ \d\S*) \(.+\)$/gm)].map(([, each]) => each);
}

/** Of a bill of all that is installed here, what belongs to these packages. */
export function billOf(all: Bom, name: string, bundled: readonly string[]): Bom {
  const components = all.components.filter(each => bundled.includes(`${each.name} ${each.version}`))
    .map(({ properties, ...each }) => each);
  const known = components.map(each => `${each.name} ${each.version}`);
  const missing = bundled.filter(each => !known.includes(each));
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(', ')}, of which the bundle is made`);
  const { component } = all.metadata;
  const kept = new Set([component, ...components].map(each => each['bom-ref']));
  return {
    ...all,
    // npm calls it by its folder.
    metadata: { ...all.metadata, component: { ...component, name } },
    components,
    dependencies: all.dependencies.filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(each => kept.has(each)) })),
  };
}

function main(file: string): void {
  const all = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
  const bill = billOf(JSON.parse(all), name, bundledIn(readFileSync('lib/cli/LICENSES.txt', 'utf8')));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bill, undefined, 1)}\n`);
}

if (require.main === module) main(process.argv[2]);
