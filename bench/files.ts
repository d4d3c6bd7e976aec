/** How files come through: replaced, interrupted, with nasty values. */
import {
  chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import { image, peers } from './measure';
import type { Table } from './report';
import { FileSource } from '../src';
import type { Container } from '../test/lab/container';
import { sleep } from '../test/lab/process';
import { run } from '../test/lab/run';
import { httpServer } from '../test/lab/servers';
import { downloading, generating } from '../test/lab/steps';
import { isWhole, Reader, slowly, versions } from '../test/lab/versions';

const FILE = '/out/app.json';
const volumeMounts = [{ mountPath: '/out' }];

function pod(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pod-'));
  mkdirSync(`${folder}/out`);
  chmodSync(`${folder}/out`, 0o777);
  writeFileSync(folder + FILE, versions[1]);
  chownSync(folder + FILE, 65534, 65534);
  return folder;
}

async function killed(container: Container): Promise<{ torn: number; leftovers: number }> {
  const folder = pod();
  let torn = 0;
  for (let trial = 0; trial < 20; trial++) {
    await run(container, image, {
      folder,
      meanwhile: async ({ signal }) => {
        await sleep(40 + Math.random() * 120);
        signal('SIGKILL');
      },
    });
    if (!isWhole(readFileSync(folder + FILE, 'utf8'))) torn += 1;
  }
  await run(container, image, { folder });
  const leftovers = readdirSync(`${folder}/out`).length - 1;
  rmSync(folder, { recursive: true });
  return { torn, leftovers };
}

async function read(containers: readonly Container[]): Promise<{ reads: number; bad: number }> {
  const folder = pod();
  const reader = new Reader(folder + FILE);
  for (let trial = 0; trial < 10; trial++) {
    await run(containers[trial % 2], image, { folder, meanwhile: running => reader.beside(running) });
  }
  rmSync(folder, { recursive: true });
  return reader;
}

function shell(program: string): Container {
  return { command: ['sh', '-c', program], volumeMounts };
}

/** Ways to download a file. */
const downloaders: { [name: string]: (url: string) => Container } = {
  'this library': url => downloading({ url }),
  '`curl -o`': url => ({ command: ['curl', '-sf', '-o', FILE, url], volumeMounts }),
  '`curl -o` to a temporary file, `mv`': url =>
    shell(`for i in 1 2 3; do curl -sf -o ${FILE}.tmp ${url} && break; done; mv ${FILE}.tmp ${FILE}`),
};

export async function downloads(): Promise<Table> {
  const urls = await Promise.all(versions.map(async text => (await httpServer(slowly(text))).url));
  const rows: string[][] = [];
  for (const [name, make] of Object.entries(downloaders)) {
    const { torn, leftovers } = await killed(make(urls[0]));
    const { reads, bad } = await read(urls.map(make));
    rows.push([name, `${torn} of 20`, `${leftovers}`, `${bad} of ${reads}`]);
  }
  return {
    title: 'A download that replaces a file of 200 KiB',
    text: 'Killed at 20 random moments, and read all the time while it is replaced. '
      + 'Wanted: 0 torn files, 0 bad reads, 0 leftovers after one more run.',
    wanted: [{ column: 1, is: /^0 of/ }, { column: 2, is: /^0$/ }, { column: 3, is: /^0 of/ }],
    head: ['', 'torn files', 'leftovers', 'bad reads'],
    rows,
  };
}

const VALUES: { [name: string]: string } = {
  'quotes': '"a" \'b\'',
  'dollars': '$ $$ $HOME ${HOME}',
  'a backslash': 'a\\nb\\\\',
  'a newline': 'two\nlines',
  'a percent sign': '%s 100%',
  'an ampersand, a slash': 'a&b/c',
  'command syntax': '$(id) `id`; *',
  'UTF-8': 'é 😀',
  'spaces': '  a  b  ',
};

interface Generator {
  readonly name: string;
  container(value: string): Container;
}

const TEMPLATE = 'proxy_set_header Host $host;\nvalue = ${VALUE}\n';

function withEnv(program: string): (value: string) => Container {
  return value => ({ ...shell(program), env: [{ name: 'VALUE', value }, { name: 'TEMPLATE', value: TEMPLATE }] });
}

function withLibrary(value: string): Container {
  return generating({
    template: FileSource.inline(TEMPLATE),
    variables: { VALUE: kplus.EnvValue.fromValue(value) },
    path: '/app/app.json',
  });
}

function withEcho(value: string): Container {
  return shell(`echo "${TEMPLATE.trimEnd().replace('${VALUE}', () => value)}" > ${FILE}`);
}

const generators: Generator[] = [
  { name: 'this library', container: withLibrary },
  { name: '`echo`, the value in the script', container: withEcho },
  { name: 'here-document', container: withEnv(`cat > ${FILE} <<EOF\n${TEMPLATE}EOF\n`) },
  { name: '`sed`', container: withEnv(`printf %s "$TEMPLATE" | sed "s/\\\${VALUE}/$VALUE/" > ${FILE}`) },
  ...peers.has('envsubst') ? [
    { name: '`envsubst`', container: withEnv(`printf %s "$TEMPLATE" | envsubst > ${FILE}`) },
    { name: '`envsubst \'$VALUE\'`', container: withEnv(`printf %s "$TEMPLATE" | envsubst '$VALUE' > ${FILE}`) },
  ] : [],
];

export async function generatedFiles(): Promise<Table> {
  const rows: string[][] = [];
  for (const { name, container } of generators) {
    const wrong: string[] = [];
    let hostSurvives = true;
    for (const [kind, value] of Object.entries(VALUES)) {
      const file = (await run(container(value), image)).files[FILE] ?? '';
      if (!file.endsWith(`\nvalue = ${value}\n`)) wrong.push(kind);
      hostSurvives &&= file.includes('$host');
    }
    const count = Object.keys(VALUES).length;
    rows.push([name, `${count - wrong.length} of ${count}`, wrong.join('; '), hostSurvives ? 'yes' : 'no']);
  }
  return {
    title: 'A file that is generated with nasty values',
    text: 'A template of two lines, one of which nginx\'s `$host`, and a value with '
      + `${Object.keys(VALUES).join('; ')}. `
      + 'Wanted: all byte-exact, `$host` survives.',
    wanted: [{ column: 1, is: /^9 of 9$/ }, { column: 3, is: /^yes$/ }],
    head: ['', 'values that are exact', 'wrong', '`$host` survives'],
    rows,
  };
}
