import { existsSync } from 'fs';
import { join, posix } from 'path';
import { SITE, anchorsOf, htmlOf, linksOf, pages } from './pages';

const anchors = new Map(pages.map(page => [page, anchorsOf(page)]));

/** A link within the site, as the page or file and the anchor that it leads to. */
function targetOf(page: string, link: string): { file: string; anchor?: string } {
  const [path, anchor] = link.split('#');
  const file = path === '' ? page : posix.join(path.startsWith('/') ? '.' : posix.dirname(page), path);
  const named = file === '.' || file.endsWith('/') ? posix.join(file, 'index.html') : file;
  return { file: named, anchor };
}

function leadsNowhere(page: string, link: string): boolean {
  if (/^(https?:|data:|mailto:)/.test(link)) return false;
  const { file, anchor } = targetOf(page, link);
  const missing = !existsSync(join(SITE, file));
  return missing || (anchor !== undefined && anchors.has(file) && !anchors.get(file)!.has(decodeURIComponent(anchor)));
}

test.each(pages)('every link, anchor, script and picture of %s leads somewhere', page => {
  expect(linksOf(page).filter(link => leadsNowhere(page, link))).toEqual([]);
});

test.each(pages)('%s loads nothing of another server', page => {
  const loading = /<(?:script|img|link|iframe|source)\b[^>]*\s(?:src|href)="(https?:[^"]*)"/g;

  expect([...htmlOf(page).matchAll(loading)].map(([, url]) => url)).toEqual([]);
});

test('every page can be reached from the first one', () => {
  const seen = new Set(['index.html']);
  for (const page of seen) {
    const targets = linksOf(page).filter(link => !/^\w+:/.test(link)).map(link => targetOf(page, link).file);
    for (const target of targets) if (anchors.has(target)) seen.add(target);
  }

  expect(pages.filter(page => !seen.has(page) && page !== '404.html')).toEqual([]);
});
