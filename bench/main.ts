/** Measures the programs and the library beside what people use today, and writes docs/benchmarks.md. Names as arguments choose tables. */
import { execFileSync } from 'child_process';
import { writeFileSync } from 'fs';
import { arch, cpus, release } from 'os';
import { notInstalled } from './contenders';
import { alreadyUp, comesUpLater, comesUpMuchLater, tenDependencies } from './delays';
import { costs, deadline, log, stopped } from './endings';
import { downloads, generatedFiles } from './files';
import { hasCgroups, image } from './measure';
import { markdown, type Table } from './report';
import { synthesis } from './synthesis';
import { inLab } from '../test/lab/container';

const all: { [name: string]: () => Promise<Table> } = {
  alreadyUp, comesUpLater, comesUpMuchLater, tenDependencies, deadline, stopped, costs, log, downloads, generatedFiles, synthesis,
};

function versions(): string[] {
  const first = (file: string, ...args: string[]) => execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
  return [first(`${image.folder}/bin/busybox`), first(`${image.folder}/bin/curl`, '--version').split(' ').slice(0, 2).join(' ')];
}

async function main(): Promise<void> {
  if (!inLab) throw new Error('The bench needs root, for containers and a network of their own.');
  const chosen = process.argv.slice(2);
  const texts: string[] = [];
  for (const [name, measure] of Object.entries(all)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    texts.push(markdown(await measure()));
    console.log(texts.at(-1));
  }
  if (chosen.length > 0) return;
  writeFileSync('docs/benchmarks.md', [
    '# Benchmarks',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Linux ${release()} (${arch()}), ${cpus().length} cores, Node ${process.versions.node}, `
      + `${versions().join(', ')}. Each table in one run, in containers made as the kubelet makes them (process 1, user 65534, read-only root), on the same `
      + 'servers. Compare the rows of a table, not the numbers of two machines.',
    ...notInstalled.length > 0 ? ['', `Not measured, because they were not installed: ${notInstalled.join(', ')}.`] : [],
    ...hasCgroups ? [] : ['', 'Without control groups of version 1: nothing ran under limits.'],
    '',
    ...texts,
  ].join('\n'));
}

void main().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
