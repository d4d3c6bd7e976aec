/** What the built site has: its pages, their links and the anchors in them. */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

export const SITE = join(__dirname, '../../site/dist');

export const pages: readonly string[] = (readdirSync(SITE, { recursive: true }) as string[])
  .filter(file => file.endsWith('.html') && !file.startsWith('playground/')).sort();

export const htmlOf = (page: string) => readFileSync(join(SITE, page), 'utf8');

const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value.replaceAll('&amp;', '&'));

export function linksOf(page: string): string[] {
  const html = htmlOf(page);
  return [...new Set([...attributes(html, 'href'), ...attributes(html, 'src')])];
}

export const anchorsOf = (page: string) => new Set(attributes(htmlOf(page), 'id'));
