/** Draws every example with the real tools, so that no picture is a syntax error. */
import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Endpoint, StartupGraph } from '../../src';
import { find } from '../lab/images';
import { missing } from '../lab/shells';
import { serve, wait } from '../startup/app';
import { exampleApps } from '../startup/examples';

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Constructs with names that mean something to the tools. */
const NAMES = [
  'end', 'graph', '1. first', '- item', '_under_', '`code`', '**bold**', '"quoted"', '<b>&amp;</b>', '#35;',
  'a;b', 'a|b', 'a[b]', '%% c', 'back\\', 'umlaut ä', '😀',
];

function strange(): App {
  const app = Testing.app();
  const chart = new Chart(app, 'chart "<1>"', { namespace: 'shop' });
  const database = serve(chart, 'db');
  NAMES.forEach((name, index) => {
    const scope = new Chart(new Construct(chart, name), name);
    const { deployment } = serve(scope, `w${index}`, { metadata: { namespace: 'shop' } });
    const named = new kplus.Deployment(deployment, name, { containers: [{ image: 'x' }] });
    const [token, address] = ['${Token[TOKEN.1]}', 'fd00::1'].map(host => Endpoint.tcp(host, 80));
    wait(named, 'all', Endpoint.service(database.service), token, address);
  });
  return app;
}

/** A hundred workloads, each of which waits for the two before it. */
function large(): App {
  const app = Testing.app();
  const served = Array.from({ length: 100 }, (_, index) => serve(new Chart(app, `chart-${index}`), `w${index}`));
  served.forEach(({ deployment }, index) => {
    const [one, other] = served.slice(Math.max(index - 2, 0), index);
    if (other) wait(deployment, 'both', Endpoint.service(other.service), Endpoint.service(one.service));
  });
  return app;
}

const apps = new Map([...exampleApps(), ['strange names', strange()], ['100 workloads', large()]]);
const graphs = [...apps].map(([name, app]) => [name, StartupGraph.of(app)] as const);

/** What a tool says and draws. */
function draw(tool: string, args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(tool, args, { cwd: folder, encoding: 'utf8', timeout: 120_000 });
}

/** The labels of workloads in a picture, in which dot writes a hyphen as a number. */
function labelled(svg: string, graph: StartupGraph): boolean[] {
  const shown = svg.replaceAll('&#45;', '-');
  return [...graph.toDot().matchAll(/ w\d+ \[label="([\w-]+)\\n/g)].map(([, name]) => shown.includes(name));
}

function withTool(names: string[], use: (path: string) => void): void {
  const path = names.map(find).find(each => each !== undefined);
  if (path === undefined) missing(names[0]);
  else use(path);
}

withTool(['dot'], dot => {
  test.each(graphs)('dot draws %s', (_, graph) => {
    writeFileSync(join(folder, 'picture.dot'), graph.toDot());

    const { status, stdout, stderr } = draw(dot, ['-Tsvg', 'picture.dot']);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(labelled(stdout, graph)).not.toContain(false);
  });
});

withTool(['chromium', 'chromium-browser', 'google-chrome'], browser => {
  const cli = join(__dirname, '../../node_modules/.bin/mmdc');
  describe('Mermaid draws', () => {
    let result: ReturnType<typeof draw>;
    beforeAll(() => {
      writeFileSync(join(folder, 'browser.json'), JSON.stringify({ executablePath: browser, args: ['--no-sandbox'] }));
      const blocks = graphs.map(([, graph]) => `\`\`\`mermaid\n${graph.toMermaid()}\`\`\`\n`);
      writeFileSync(join(folder, 'pictures.md'), blocks.join('\n'));
      const files = ['--input', 'pictures.md', '--output', 'drawn.md'];
      result = draw(cli, ['--quiet', '--puppeteerConfigFile', 'browser.json', ...files]);
    }, 120_000);

    test('all without a word of complaint', () => {
      const stderr = result.stderr.replace(/^npm .*\n/gm, '');

      expect({ status: result.status, stderr }).toEqual({ status: 0, stderr: '' });
    });

    test.each(graphs.map(([name], index) => [name, index] as const))('%s', (_, index) => {
      const svg = readFileSync(join(folder, `drawn-${index + 1}.svg`), 'utf8');

      expect(svg).not.toMatch(/syntax error|unsupported markdown/i);
      expect(labelled(svg, graphs[index][1])).not.toContain(false);
    });
  });
});
