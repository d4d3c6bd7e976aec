/** What it costs to fetch a folder, beside the commands that people write. */
import { execFileSync } from 'child_process';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  KILLS, LARGE, makeFiles, measured, notMeasured, sends, shell, SMALL, tornBy, TRIALS, type Way,
} from './folders';
import { hasCgroups, image } from './measure';
import type { Table } from './report';
import { mebibytes, seconds } from './waits';
import { gitServer, missingGit, Repository, withGit } from '../test/lab/git-servers';
import { httpServer } from '../test/lab/servers';
import { cloning, unpacking } from '../test/lab/steps';

async function ways(): Promise<Way[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-fetched-'));
  const repo = new Repository(folder);
  makeFiles(join(folder, 'work'));
  repo.commit({});
  const archive = execFileSync('tar', ['-czf', '-', '--exclude=.git', '-C', join(folder, 'work'), '.'], {
    maxBuffer: 2 ** 30,
  });
  const git = await gitServer(repo);
  const { url } = await httpServer(sends(archive));
  const withClient = withGit(image, join(folder, 'image'));
  const files = `${SMALL} files and one of ${LARGE / 2 ** 20} MiB`;
  return [
    {
      what: `${files} of a repository`,
      name: 'this library',
      container: cloning({ url: git.url }),
      image: withClient,
    },
    {
      what: `${files} of a repository`,
      name: '`git clone --depth 1`',
      container: shell(`git clone -q --depth 1 ${git.url} /out`),
      image: withClient,
    },
    { what: `${files} of a tar.gz`, name: 'this library', container: unpacking({ url: `${url}/a.tar.gz` }) },
    {
      what: `${files} of a tar.gz`,
      name: '`wget \\| tar`',
      container: shell(`wget -q -O - ${url}/a.tar.gz | tar -xz -C /out`),
    },
  ];
}

export async function fetched(): Promise<Table> {
  const title = 'A folder that is fetched';
  if (!hasCgroups || missingGit().length > 0) return notMeasured(title);
  const rows: string[][] = [];
  for (const way of await ways()) {
    const { time, cpu, peak, whole } = await measured(way);
    const { torn, lost } = await tornBy(way, time, whole);
    const kills = [torn, lost].map(count => `${count} of ${KILLS}`);
    rows.push([way.what, way.name, seconds(time), seconds(cpu), mebibytes(peak), ...kills]);
  }
  return {
    title,
    text: `Median of ${TRIALS} whole runs of a container, then killed at ${KILLS} instants that are spread over a run, `
      + 'and run again: in how many an entry of the top level was there, but not whole, and behind how many the next '
      + 'run did not put all of it there. The peak includes the files, which the kernel keeps. Servers are on '
      + 'loopback. Wanted: none is torn, none is lost.',
    wanted: [{ column: 5, is: /^0 of/ }, { column: 6, is: /^0 of/ }],
    head: ['', '', 'whole run', 'CPU', 'peak', 'torn by a kill', 'not whole after the next run'],
    rows,
  };
}
