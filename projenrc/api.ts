/**
 * Writes API.md. jsii-docgen by itself takes of each dependency the newest version that it finds anywhere below
 * node_modules/, those of other tools too, and documents what ours does not have; so it is shown only the versions that
 * this package is compiled with.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Documentation, Language } from 'jsii-docgen';

const ASSEMBLY = ['.jsii', '.jsii.gz'];

function dependenciesOf(folder: string): string[] {
  return Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).peerDependencies ?? {});
}

/** Copies the interfaces of a package and of those that it is made for. */
function copyInterfaces(folder: string, name: string, to: string): void {
  if (existsSync(join(to, name))) return;
  mkdirSync(join(to, name));
  for (const file of ASSEMBLY.filter(each => existsSync(join(folder, each)))) {
    copyFileSync(join(folder, file), join(to, name, file));
  }
  for (const dependency of dependenciesOf(folder)) {
    copyInterfaces(dirname(require.resolve(`${dependency}/package.json`)), dependency, to);
  }
}

async function main(): Promise<void> {
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
  const interfaces = mkdtempSync(join(tmpdir(), 'interfaces-'));
  try {
    copyInterfaces('.', name, interfaces);
    const api = await Documentation.forAssembly(name, interfaces);
    const markdown = await api.toMarkdown({ language: Language.TYPESCRIPT, allSubmodules: true });
    writeFileSync('API.md', markdown.render());
  } finally {
    rmSync(interfaces, { recursive: true });
  }
}

void main();
