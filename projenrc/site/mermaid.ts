import { execFileSync } from 'child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { chromium } from './chromium';
import { fence } from './markdown';
import { ROOT } from './pages';

/** Draws pictures that are written in Mermaid into a folder, once for the whole site, as 1.svg, 2.svg and so on. */
export function drawMermaid(pictures: readonly string[], to: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  try {
    writeFileSync(join(folder, 'browser.json'), JSON.stringify({ executablePath: chromium(), args: ['--no-sandbox'] }));
    writeFileSync(join(folder, 'all.md'), pictures.map(picture => fence('mermaid', picture)).join('\n'));
    const files = ['--input', 'all.md', '--output', 'drawn.md', '--puppeteerConfigFile', 'browser.json'];
    const look = ['--theme', 'neutral', '--backgroundColor', 'transparent'];
    const command = join(ROOT, 'node_modules/.bin/mmdc');
    execFileSync(command, ['--quiet', ...files, ...look], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    pictures.forEach((_, index) => renameSync(join(folder, `drawn-${index + 1}.svg`), join(to, `${index + 1}.svg`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
