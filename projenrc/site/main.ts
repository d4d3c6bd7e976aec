/**
 * Puts the pages of the site together in site/.pages/: the documents of the repository as they are, with links of the
 * site, code in all languages, its YAML and pictures, and a page for each example.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { examplePage, examples, quotation } from './examples';
import { siteLinks } from './links';
import { fence, partsOf, titleOf, type Block } from './markdown';
import { drawMermaid } from './mermaid';
import { ROOT, exists, pages, read } from './pages';

const OUTPUT = join(ROOT, 'site/.pages');
const DRAWN = 'public/pictures/drawn';

const titles: Record<string, string> = {};
const drawn: string[] = [];

function write(page: string, markdown: string): void {
  const file = join(OUTPUT, page);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, markdown);
  titles[page] = titleOf(markdown);
}

/** A picture that Mermaid draws is the same for all who show it. */
function picture(code: string): string {
  if (!drawn.includes(code)) drawn.push(code);
  return `![Who waits for whom](/pictures/drawn/${drawn.indexOf(code) + 1}.svg){.drawn}\n`;
}

/** A log is no session of a shell: nothing in it is a command. */
function highlighted({ language, code }: Block): string {
  return language === 'console' && !/^\$ /m.test(code) ? 'text' : language;
}

function pageOf(source: string): string {
  const markdown = read(source);
  return partsOf(markdown).map(part => {
    if ('text' in part) return siteLinks(part.text, source);
    if (part.language === 'mermaid') return picture(part.code);
    return part.language === 'ts' ? quotation(part.code, markdown) : fence(highlighted(part), part.code);
  }).join('');
}

rmSync(OUTPUT, { recursive: true, force: true });
for (const [source, page] of pages) write(page, pageOf(source));
for (const example of examples) write(`examples/${example}.md`, examplePage(example));
writeFileSync(join(OUTPUT, 'titles.json'), JSON.stringify(titles));

mkdirSync(join(OUTPUT, DRAWN), { recursive: true });
for (const folder of ['docs/pictures', 'site/public'].filter(exists)) {
  cpSync(join(ROOT, folder), join(OUTPUT, 'public', folder.replace(/^docs|^site\/public/, '')), { recursive: true });
}
drawMermaid(drawn, join(OUTPUT, DRAWN));
