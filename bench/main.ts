/**
 * Measures the programs and the library beside what people use today, and writes docs/benchmarks.md.
 * Names as arguments choose tables, which are printed only, or written behind --write.
 */
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { arch, cpus, release } from 'os';
import { notInstalled } from './contenders';
import { alreadyUp, comesUpLater, comesUpMuchLater, tenDependencies } from './delays';
import { costs, deadline, log, stopped } from './endings';
import { fetched } from './fetched';
import { downloads, generatedFiles } from './files';
import { folders, owners } from './folders';
import { herd } from './herd';
import { hasCgroups, image } from './measure';
import { negativeDns } from './negative-dns';
import { protocols } from './protocols';
import { proxies } from './proxies';
import {
  KUBELET_TITLE, markdown, replaceSection, sectionOf, type Table,
} from './report';
import { synthesis } from './synthesis';
import { inLab } from '../test/lab/container';

const DOCUMENT = 'docs/benchmarks.md';

const all: { [name: string]: () => Promise<Table> } = {
  alreadyUp,
  comesUpLater,
  comesUpMuchLater,
  tenDependencies,
  deadline,
  stopped,
  costs,
  log,
  herd,
  protocols,
  proxies,
  negativeDns,
  downloads,
  generatedFiles,
  folders,
  fetched,
  owners,
  synthesis,
};

/** The first line that a program prints. */
function firstLine(file: string, ...args: string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
}

/** On what it was measured, and with what. */
function machine(): string {
  const cores = `${cpus().length} cores`;
  const busybox = firstLine(`${image.folder}/bin/busybox`);
  const curl = firstLine(`${image.folder}/bin/curl`, '--version').split(' ').slice(0, 2).join(' ');
  return [`Linux ${release()} (${arch()})`, cores, `Node ${process.versions.node}`, busybox, curl].join(', ');
}

const today = () => new Date().toISOString().slice(0, 10);

async function main(): Promise<void> {
  if (!inLab) throw new Error('The bench needs root, for containers and a network of their own.');
  const chosen = process.argv.slice(2).filter(name => name !== '--write');
  const unknown = chosen.find(name => !(name in all));
  if (unknown !== undefined) throw new Error(`There is no table ${unknown}, only ${Object.keys(all).join(', ')}`);
  const texts: string[] = [];
  for (const [name, measure] of Object.entries(all)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const table = await measure();
    texts.push(markdown(table, chosen.length > 0 ? `Measured on ${today()}: ${machine()}.` : undefined));
    console.log(texts.at(-1));
    if (chosen.length > 0 && process.argv.includes('--write')) {
      writeFileSync(DOCUMENT, replaceSection(readFileSync(DOCUMENT, 'utf8'), table.title, texts.at(-1)!));
    }
  }
  if (chosen.length > 0) return;
  const missing = notInstalled.length > 0
    ? ['', `Not measured, because they were not installed: ${notInstalled.join(', ')}.`]
    : [];
  const measuredInCluster = sectionOf(readFileSync(DOCUMENT, 'utf8'), KUBELET_TITLE);
  writeFileSync(DOCUMENT, [
    '# Benchmarks',
    '',
    `Written by \`npm run bench\` on ${today()}: ${machine()}, but where a table says otherwise. `
      + 'Each table in one run, in containers made as the kubelet makes them (process 1, user 65534, read-only root), '
      + 'on the same servers. Compare the rows of a table, not the numbers of two machines.',
    ...missing,
    ...hasCgroups ? [] : ['', 'Without control groups of version 1: nothing ran under limits.'],
    '',
    ...texts,
    measuredInCluster,
  ].join('\n'));
}

void main().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
