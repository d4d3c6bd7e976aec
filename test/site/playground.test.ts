import type { Page } from 'puppeteer';
import { choose, copied, copiedYaml, findings, mistake, paste, picture, Playground, settle, show } from './playground';
import { exampleNames } from '../examples';
import { goldenYaml } from '../golden';
import { find } from '../lab/images';
import { missing } from '../lab/shells';

const PROGRAM = `import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Endpoint, WaitForService } from 'cdk8s-init-containers';

const app = new App();
const web = new kplus.Deployment(new Chart(app, 'shop'), 'web', { containers: [{ image: 'app:1' }] });
new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('db', 5432)] });
app.synth();
`;

/** What it waits for is in the program, but scaled to none. */
const WITHOUT_REPLICAS = PROGRAM
  .replace("'web'", "'db', { replicas: 0, containers: [{ image: 'db:1', portNumber: 5432 }] });\n"
    + "const web = new kplus.Deployment(new Chart(app, 'front'), 'web'")
  .replace('const web = new kplus.Deployment(new Chart', 'const db = new kplus.Deployment(new Chart')
  .replace("Endpoint.tcp('db', 5432)", "Endpoint.service(db.exposeViaService({ name: 'db' }))");

const browser = ['chromium', 'chromium-browser', 'google-chrome'].map(find).find(each => each !== undefined);

function inBrowser(path: string): void {
  jest.setTimeout(60_000);
  let playground: Playground;
  let page: Page;
  beforeAll(async () => {
    playground = await Playground.open(path);
    page = await playground.page();
    await settle(page, 'manifests');
  });
  afterAll(() => playground?.close());

  describe('the playground, given manifests,', () => {
    test('says what will go wrong, where, and what to write instead', async () => {
      await show(page, 'manifests');
      await paste(page, 'manifests', `kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: wait
      image: busybox:1.37.0
      command: [sh, -c, 'until nc -z db 5432; do sleep 1; done']
  containers: [{ name: web, image: 'app:1' }]
`);

      const [first] = await findings(page, 'manifests');

      expect(first).toEqual([
        'warning',
        'line 7 wait-without-limit',
        "Pod/web/wait repeats 'nc -z db 5432' without a limit; "
          + 'while that fails the pod stays in Init, and nothing says why',
        "new WaitForService(web, 'wait', { endpoints: [Endpoint.tcp('db', 5432)] });",
      ]);
    });

    test('draws who waits for whom, and tells the order', async () => {
      await choose(page, 'manifests', 'wait-for-db');

      expect(await picture(page, 'manifests'))
        .toEqual(['wait-for-db-pod', 'Pod', 'my-database-service', 'name, no time limit']);
      expect(await page.$eval('#panel-manifests section:last-child pre', ({ textContent }) => textContent))
        .toBe('level 1\n  Pod/wait-for-db-pod  no time limit, after my-database-service (outside)\n');
    });

    test('selects the line of a finding', async () => {
      await choose(page, 'manifests', 'multi-stage');

      await page.click('#panel-manifests .results li button');

      expect(await page.evaluate(() => document.getSelection()!.toString().trim())).toBe(
        'command: ["sh", "-c", "curl -o /config/app-config.json http://config-service/config"]');
    });

    test('says in which line they are no YAML', async () => {
      await paste(page, 'manifests', 'kind: Pod\nspec: [\n');

      expect(await mistake(page, 'manifests'))
        .toBe('line 3 cannot be read as YAML: Flow sequence in block collection must be sufficiently indented and end '
          + 'with a ] at line 3, column 1:');
    });
  });

  describe('the playground, given a program,', () => {
    beforeAll(() => show(page, 'program'));

    // The one that is left out wants another cdk8s-plus than the playground has.
    const here = exampleNames.filter(name => name !== 'newer-cdk8s-plus');
    test.each(here)('makes the same YAML as Node: %s', async name => {
      await choose(page, 'program', name);

      expect(await copiedYaml(page)).toBe(goldenYaml(name));
    });

    test('draws who waits for whom, and tells the order', async () => {
      await paste(page, 'program', PROGRAM);

      expect(await picture(page, 'program')).toEqual(['shop', 'web', 'Deployment', 'db', '5432, 11 min']);
      expect(await page.$eval('#panel-program section:last-child pre', ({ textContent }) => textContent))
        .toBe('level 1\n  shop/web  at most 11 min, after db (outside)\n');
    });

    test('folds the programs of steps, and shows them when asked', async () => {
      await paste(page, 'program', PROGRAM);
      const folded = () => page.$$('#panel-program .cm-foldPlaceholder').then(all => all.length);

      expect(await folded()).toBe(1);
      await page.click('#panel-program .results input');
      expect(await folded()).toBe(0);
    });

    test('says what is doubtful, which the synthesis prints in a terminal', async () => {
      await paste(page, 'program', WITHOUT_REPLICAS);

      expect((await findings(page, 'program'))[0]).toEqual([
        'warning',
        '',
        "front/web waits in step 'wait-for-db' for tcp://db:5432, but shop/db has no replicas",
        'give it at least one, unless something else scales it up before the wait ends',
      ]);
      expect(await page.$$('#panel-program section > pre')).toHaveLength(1);
    });

    test('says why the library refuses a value, and in which line', async () => {
      await paste(page, 'program', PROGRAM.replace('5432', '70000'));

      expect(await mistake(page, 'program')).toBe("line 7 Endpoint: 'port' must be between 1 and 65535, got 70000");
    });

    test('says in which line it is no TypeScript', async () => {
      await paste(page, 'program', PROGRAM.replace("'shop')", "'shop'"));

      expect(await mistake(page, 'program')).toBe('line 6 Unexpected token, expected ","');
    });

    test('refuses imports of anything else', async () => {
      await paste(page, 'program', "import { readFileSync } from 'fs';\nreadFileSync('/etc/passwd');\n");

      expect(await mistake(page, 'program')).toBe("line 1 There is no 'fs' in the playground; "
        + 'a program may import cdk8s, constructs, cdk8s-plus-28, cdk8s-init-containers');
    });

    test('says when it never synthesizes, and shows what it prints', async () => {
      await paste(page, 'program', "console.log('hello', { world: 1 });\n");

      expect(await mistake(page, 'program')).toBe('The program made no YAML: it never called app.synth()');
      expect(await page.$eval('#panel-program section pre', ({ textContent }) => textContent))
        .toBe('hello {\n  "world": 1\n}\n');
    });

    test('stops one that never ends, and runs the next', async () => {
      await paste(page, 'program', 'while (true);\n');

      expect(await mistake(page, 'program')).toBe(
        'It was stopped: it ran for more than 10 s. Is there a loop without an end?');
      await paste(page, 'program', PROGRAM);
      expect(await copiedYaml(page)).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
    });
  });

  describe('the playground', () => {
    test('asks nobody while somebody types, and nobody but its own site before', async () => {
      await paste(page, 'program', PROGRAM);
      await picture(page, 'program');
      const before = playground.requests.filter(each => !each.startsWith('blob:')).length;

      await page.focus('#panel-program .text .cm-content');
      await page.keyboard.type('// a comment');
      await settle(page, 'program');
      await picture(page, 'program');

      const requests = playground.requests.filter(each => !each.startsWith('blob:'));
      expect(requests.slice(before)).toEqual([]);
      expect(requests.filter(each => !each.startsWith(playground.address))).toEqual([]);
    });

    test('lets a program send nothing anywhere else', async () => {
      await paste(page, 'program', `${PROGRAM}
fetch('${playground.elsewhere}/by-fetch').catch(() => undefined);
importScripts('${playground.elsewhere}/by-script');
`);

      expect(await mistake(page, 'program')).toMatch(/^line 11 .*by-script.*failed to load/);
      expect(playground.askedElsewhere).toEqual([]);
    });

    test('puts a text into a link, which never leaves the browser', async () => {
      await paste(page, 'program', PROGRAM);
      await page.click('#panel-program .text button');
      await page.waitForFunction(() => location.hash.startsWith('#program='));
      const link = await copied(page);
      const other = await playground.page(new URL(link).hash);
      await settle(other, 'program');

      expect(await other.$$eval('#panel-program .text .cm-line', lines => lines.map(each => each.textContent)))
        .toEqual(PROGRAM.split('\n'));
      expect(playground.asked.filter(url => url.includes('program='))).toEqual([]);
      await other.close();
    });

    test('is walked through with the keyboard alone', async () => {
      await page.focus('#tab-program');
      await page.keyboard.press('ArrowRight');

      expect(await page.evaluate(() => document.activeElement!.id)).toBe('tab-manifests');
      const seen: (string | null)[] = [];
      for (let count = 0; count < 4; count++) {
        await page.keyboard.press('Tab');
        seen.push(await page.evaluate(() => {
          const { tagName, textContent, ariaLabel } = document.activeElement as HTMLElement;
          return tagName === 'BUTTON' ? textContent : ariaLabel ?? tagName;
        }));
      }
      expect(seen).toEqual(['SELECT', 'Copy link', 'Manifests in YAML', 'line 3']);
    });

    test('is as wide as a narrow screen', async () => {
      await page.setViewport({ width: 360, height: 640 });
      await show(page, 'program');

      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });

    test('is dark where the reader has chosen that on the site', async () => {
      const other = await playground.page();
      await other.evaluate(() => localStorage.setItem('vitepress-theme-appearance', 'dark'));
      await other.reload();

      expect(await other.$eval('body', body => getComputedStyle(body).backgroundColor)).toBe('rgb(27, 27, 31)');
      await other.close();
    });

    test('has nothing to complain of but what its policy forbids', () => {
      expect(playground.complaints.filter(each => !each.includes('/by-'))).toEqual([]);
    });
  });
}

if (browser === undefined) missing('chromium');
else inBrowser(browser);
