import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { eventually, kubectl } from './kubectl';
import { inNamespace, type Namespace } from './namespace';
import { isShown, Shell, transcriptIn } from './transcript';
import { bundled } from '../cli/bundled';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

// What is shown lasts for seconds only, and may be over before a busy machine has looked.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

let program: string;
beforeAll(async () => {
  program = await bundled();
});

/**
 * The folder in which a reader is who has run `npx tsx main.ts`, and a shell there: `dist` holds what the program of
 * the README makes, `npx` has our command line, and kubectl works in the namespace.
 */
async function readersShell({ name }: Namespace): Promise<Shell> {
  const folder = mkdtempSync(join(tmpdir(), 'reader-'));
  mkdirSync(join(folder, 'dist'));
  // Where other tests take the CPU, ten seconds are too short to look at what is waited for; behind thirty the kubelet
  // starts the server anew.
  const manifests = read('test/golden/quickstart.k8s.yaml').replace('sleep 10;', 'sleep 20;');
  writeFileSync(join(folder, 'dist/quickstart.k8s.yaml'), manifests);
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin/npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(npx, 0o755);
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--flatten', '--minify', '-o', 'json']));
  config.contexts[0].context.namespace = name;
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(config));
  const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
  return new Shell(folder, { ...process.env, PATH, KUBECONFIG: join(folder, 'kubeconfig'), NO_COLOR: '1' });
}

test.each([
  ['the head of the README', read('README.md').split(/^## /m)[0]],
  ['docs/start.md', read('docs/start.md')],
])('the commands in %s print what is shown below them, one after the other', (_, text) =>
  inNamespace('first-start', async namespace => {
    const shell = await readersShell(namespace);
    try {
      for (const { command, shown } of transcriptIn(text)) {
        let output = '';
        await eventually(`\n$ ${command}\n${shown.join('\n')}`, async () => {
          output = await shell.run(command);
          return isShown(output, shown) || undefined;
        }, 90).catch(error => {
          throw new Error(`${error.message}\nbut:\n${output}`);
        });
      }
    } finally {
      shell.end();
    }
  }));
