/// <reference lib="dom" />
/** The playground in a real browser, served by a server that counts what it is asked for. */
import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { extname, join } from 'path';
import { launch, type Browser, type Page } from 'puppeteer';

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript',
};

/** Static sites may be below any folder. */
const FOLDER = '/docs/playground/';

export type Kind = 'manifests' | 'program';

/** What is read of a finding as it stands on the page. */
export type Shown = readonly [severity: string, place: string, text: string, remedy: string];

interface Site {
  readonly server: Server;
  readonly other: Server;
  readonly asked: readonly string[];
  readonly askedElsewhere: readonly string[];
  readonly folder: string;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export class Playground {
  public static async open(executablePath: string): Promise<Playground> {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    execFileSync('npx', ['tsx', 'site/playground/build.ts', folder]);
    const asked: string[] = [];
    const askedElsewhere: string[] = [];
    const server = createServer(({ url = '/' }, response) => {
      asked.push(url);
      const name = url.slice(FOLDER.length) || 'index.html';
      response.setHeader('content-type', TYPES[extname(name)]).end(readFileSync(join(folder, name)));
    });
    const other = createServer(({ url = '/' }, response) => {
      askedElsewhere.push(url);
      response.setHeader('access-control-allow-origin', '*').end();
    });
    for (const each of [server, other]) await new Promise<void>(resolve => each.listen(0, '127.0.0.1', resolve));
    const browser = await launch({ executablePath, args: ['--no-sandbox'] });
    return new Playground(browser, { server, other, asked, askedElsewhere, folder });
  }

  /** What the browser asked for, of any server. */
  public readonly requests: string[] = [];
  /** What was wrong: errors of the page, and what its policy refused. */
  public readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly site: Site,
  ) {}

  public get address(): string {
    return addressOf(this.site.server) + FOLDER;
  }

  /** Another server, which answers anybody. */
  public get elsewhere(): string {
    return addressOf(this.site.other);
  }

  /** What the other server was asked for. */
  public get askedElsewhere(): readonly string[] {
    return this.site.askedElsewhere;
  }

  /** What our server was asked for. */
  public get asked(): readonly string[] {
    return this.site.asked;
  }

  public async page(hash = ''): Promise<Page> {
    const page = await this.browser.newPage();
    // The clipboard is shared by all of a machine.
    await page.evaluateOnNewDocument(() => {
      navigator.clipboard.writeText = async text => void Object.assign(window, { copied: text });
    });
    page.on('request', request => this.requests.push(request.url()));
    page.on('pageerror', error => this.complaints.push(String(error)));
    page.on('console', message => this.complaints.push(message.text()));
    await page.goto(this.address + hash);
    return page;
  }

  public async close(): Promise<void> {
    await this.browser.close();
    this.site.server.close();
    this.site.other.close();
    rmSync(this.site.folder, { recursive: true });
  }
}

/** Shows one of the tabs, and waits until all is said of its text. */
export async function show(page: Page, kind: Kind): Promise<void> {
  await page.click(`#tab-${kind}`);
  await settle(page, kind);
}

/** Waits until what is shown is of the text as it is now. */
export async function settle(page: Page, kind: Kind): Promise<void> {
  await page.waitForSelector(`#panel-${kind} .results[aria-busy=false]`, { timeout: 20_000 });
}

/** Replaces the text, as somebody does who pastes another one. */
export async function paste(page: Page, kind: Kind, text: string): Promise<void> {
  const editor = `#panel-${kind} .text .cm-content`;
  await page.focus(editor);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.evaluate((selector, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(selector)!.dispatchEvent(event);
  }, editor, text);
  await settle(page, kind);
}

export async function choose(page: Page, kind: Kind, example: string): Promise<void> {
  await page.select(`#panel-${kind} select`, example);
  await settle(page, kind);
}

/** The findings as they are on the page, notes among them. */
export async function findings(page: Page, kind: Kind): Promise<Shown[]> {
  return page.$$eval(`#panel-${kind} .results li`, items =>
    items.map(item => {
      const [head, text, remedy] = [...item.querySelectorAll('p')].map(each => each.textContent!);
      const [severity, ...place] = head.split(' ');
      return [severity, place.join(' '), text, remedy] as const;
    }));
}

/** Why it does not work, with the line if that is known. */
export async function mistake(page: Page, kind: Kind): Promise<string> {
  return page.$eval(`#panel-${kind} .mistake`, ({ childNodes }) =>
    [...childNodes].map(each => each.textContent).join(''));
}

/** The YAML, as it is copied from the page. */
export async function copiedYaml(page: Page): Promise<string> {
  await page.click('#panel-program .results .bar button');
  return copied(page);
}

/** What was copied last. */
export async function copied(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { copied: string }).copied);
}

/** The texts of the picture. */
export async function picture(page: Page, kind: Kind): Promise<string[]> {
  await page.waitForSelector(`#panel-${kind} .picture svg`, { timeout: 20_000 });
  return page.$$eval(`#panel-${kind} .picture text`, texts => texts.map(each => each.textContent!));
}
