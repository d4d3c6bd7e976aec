/** Reads the built site as people do, in the Chromium of the system: `npm run site`, then `npm run test:site`. */
import type { Server } from 'http';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { pages, SITE } from './pages';
import { serveSite } from './server';
import { chromium } from '../../projenrc/site/chromium';

jest.setTimeout(120_000);

let server: Server;
let url: string;
let browser: Browser;
/** What went wrong in any page: errors in the console, requests that failed or went to another server. */
let troubles: string[] = [];

beforeAll(async () => {
  ({ server, url } = await serveSite(SITE));
  browser = await puppeteer.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(() => {
  troubles = [];
});

function watch(page: Page): void {
  page.on('console', message => {
    if (['error', 'warn'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => troubles.push(`error: ${String(error)}`));
  page.on('requestfailed', request => troubles.push(`failed: ${request.url()}`));
  page.on('response', response => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', request => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) {
      troubles.push(`another server: ${request.url()}`);
    }
  });
}

interface Reader {
  readonly javaScript?: boolean;
  readonly width?: number;
  readonly dark?: boolean;
}

async function open(path: string, { javaScript = true, width = 1280, dark = false }: Reader = {}): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  watch(page);
  await page.setJavaScriptEnabled(javaScript);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.goto(`${url}/${path}`, { waitUntil: 'networkidle0' });
  return page;
}

const STEP = 'steps/wait-for-service.html';

/** In the browser: the languages that are shown in each group of tabs. */
const SHOWN = `[...document.querySelectorAll('.languages')].map(group => [...group.querySelectorAll('.language')]
  .filter(({ offsetHeight }) => offsetHeight > 0).map(language => language.querySelector('.lang').textContent))`;

const shownLanguages = (page: Page) => page.evaluate(SHOWN);

test('search finds "chown a volume", and leads there', async () => {
  const page = await open('');
  await page.click('.VPNavBarSearch button');
  await page.waitForSelector('.VPLocalSearchBox input');
  await page.type('.VPLocalSearchBox input', 'chown a volume');
  // The results change with each letter.
  await page.waitForSelector('.VPLocalSearchBox .results > :first-child .result[href*="chown-a-volume"]');
  const first = await page.$('.VPLocalSearchBox .result');

  await Promise.all([page.waitForFunction('location.pathname !== "/"'), first!.click()]);
  const path = await page.evaluate('location.pathname');

  expect({ path, troubles }).toEqual({ path: '/cookbook/chown-a-volume.html', troubles: [] });
});

test('a language that was chosen once is shown on other pages, and after a reload', async () => {
  const page = await open(STEP);
  const before = await shownLanguages(page);
  await page.click('.languages label:nth-of-type(2)');
  const chosen = await shownLanguages(page);
  await page.reload({ waitUntil: 'networkidle0' });
  const again = await shownLanguages(page);
  await page.goto(`${url}/steps/prepare-volume.html`, { waitUntil: 'networkidle0' });
  const elsewhere = await shownLanguages(page);

  expect({ before, chosen, again, elsewhere, troubles }).toEqual({
    before: [['ts']], chosen: [['python']], again: [['python']], elsewhere: [['python']], troubles: [],
  });
});

test('a language is chosen by the keyboard, too', async () => {
  const page = await open(STEP);
  await page.focus('.languages input');
  await page.keyboard.press('ArrowRight');

  expect(await shownLanguages(page)).toEqual([['python']]);
});

test('the page is dark for who likes it dark, and when asked to be', async () => {
  const background = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const [light, dark] = [await open(STEP), await open(STEP, { dark: true })];
  const byDefault = [await background(light), await background(dark)];
  await light.click('.VPNavBarAppearance button');
  const asked = await background(light);

  expect({ byDefault, asked, troubles }).toEqual({
    byDefault: ['rgb(255, 255, 255)', 'rgb(27, 27, 31)'], asked: 'rgb(27, 27, 31)', troubles: [],
  });
});

test('without JavaScript a page has its text, the way to others, code, other languages and YAML', async () => {
  const page = await open(STEP, { javaScript: false });
  const text = (selector: string) => page.$eval(selector, element => element.textContent ?? '');
  const title = await text('h1');
  const ways = await page.$$eval('.VPSidebar a', links => links.length);
  const code = await text('.languages .language');
  const yaml = await text('details.made');
  await page.click('.languages label:nth-of-type(4)');

  expect(title).toContain('WaitForService');
  expect(ways).toBeGreaterThan(40);
  expect(code).toContain('new WaitForService');
  expect(yaml).toContain('step_endpoints');
  expect(await shownLanguages(page)).toEqual([['go']]);
});

describe('on every page, on a narrow screen,', () => {
  const wide: string[] = [];
  let seen: string[] = [];
  beforeAll(async () => {
    troubles = [];
    const page = await open('', { width: 390 });
    for (const each of pages.filter(name => name !== '404.html')) {
      await page.goto(`${url}/${each}`, { waitUntil: 'load' });
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (width > 390) wide.push(`${each}: ${width}`);
    }
    seen = troubles;
  }, 600_000);

  test('nothing has to be scrolled sideways', () => {
    expect(wide).toEqual([]);
  });

  test('there is no error in the console, no request that fails, and none to another server', () => {
    expect(seen).toEqual([]);
  });
});
