import { execFile } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { build } from 'esbuild';

jest.setTimeout(120_000);

/** A program with hand-written init containers, and maybe with a step of ours. */
function program(script: string, step = ''): string {
  return `
import { ApiObject, App, Chart } from 'cdk8s';
import { Endpoint, WaitForService } from '${resolve('src')}';
const app = new App();
const chart = new Chart(app, 'shop');
const serve = (name: string, initContainers: object[] = []) => {
  new ApiObject(chart, name + '-service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });
  return new ApiObject(chart, name, {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { initContainers, containers: [{ name, image: name + ':1' }] },
      },
    },
  });
};
const web = serve('web', [{
  name: 'wait', image: 'busybox:1.37', command: ['sh', '-c', ${JSON.stringify(script)}],
  resources: { requests: { cpu: '10m' } },
}]);
const api = serve('api');
${step}
app.synth();
`;
}

interface Synthesized {
  readonly code: number;
  readonly output: string;
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'validation-'));
  writeFileSync(join(folder, 'cdk8s.yaml'), `
app: node app.js
language: typescript
output: dist
validations:
  - { package: ./plugin.js, version: 0.0.0, class: InitContainersValidation }
`);
  await bundle({ in: resolve('src/init-containers-validation.ts'), out: 'plugin.js' });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bundle(file: { readonly in: string; readonly out: string }): Promise<void> {
  await build({
    entryPoints: [file.in],
    outfile: join(folder, file.out),
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: { 'whatwg-url': 'node:url' },
    nodePaths: [resolve('node_modules')],
    logLevel: 'error',
  });
}

/** Synthesizes a program with the real cdk8s-cli. */
async function synth(text: string): Promise<Synthesized> {
  writeFileSync(join(folder, 'app.ts'), text);
  await bundle({ in: join(folder, 'app.ts'), out: 'app.js' });
  const args = [resolve('node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false'];
  return new Promise(ended =>
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      // eslint-disable-next-line no-control-regex
      ended({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}`.replace(/\u001b\[\d+m/g, '') })));
}

test('an error about a hand-written init container fails the synthesis, with the construct path', async () => {
  const { code, output } = await synth(program('until nc -z web 80; do sleep 1; done'));

  expect(code).toBe(2);
  expect(output).toContain('startup (1 occurrences)');
  expect(output).toMatch(/Construct Path: shop\/web\n.*\n +- Resource Name: web\n +- Locations:\n +> line \d+/);
  expect(output).toContain("Deployment/web waits in step 'wait' for tcp://web:80, a Service of its own pods");
});

test('a warning is logged, with the construct path', async () => {
  const { code, output } = await synth(program('until nc -z api 80; do sleep 1; done'));

  expect(code).toBe(0);
  expect(output).toMatch(/^warning: \[shop\/web\] Deployment\/web\/wait repeats 'nc -z api 80' without a limit/m);
});

test('what the synthesis has said already is not said again', async () => {
  const { code, output } = await synth(program('echo ready', `
new WaitForService(api, 'wait-for-web', { endpoints: [Endpoint.tcp('web', 80)] });
serve('catalogue');
new WaitForService(web, 'wait-for-catalogue', { endpoints: [Endpoint.tcp('cataloge', 80)] });
`));

  expect(code).toBe(0);
  expect(output.match(/Did you mean catalogue/g)).toHaveLength(1);
});

test('a circle of a step of ours and a hand-written wait is doubtful: others may answer the step', async () => {
  const { code, output } = await synth(program('until nc -z api 80; do sleep 1; done', `
new WaitForService(api, 'wait-for-web', { endpoints: [Endpoint.tcp('web', 80).answeredByOthers()] });
`));

  expect(code).toBe(0);
  expect(output.match(/warning: .*wait for each other in a circle/g)).toHaveLength(1);
});
