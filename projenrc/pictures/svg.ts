/** Boxes and arrows in SVG, in colours that follow the reader's choice of light or dark. */

export type Kind = 'outside' | 'step' | 'files' | 'app';

export interface Box {
  readonly kind: Kind;
  readonly title: string;
  readonly detail?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const HEIGHT = 64;

const STYLE = `
text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1f2937; }
.detail { font-size: 12px; fill: #4b5563; } .mono { font: 12px ui-monospace, Menlo, Consolas, monospace; }
rect { rx: 8; fill: #ffffff; stroke: #9ca3af; stroke-width: 1.3; }
.outside { stroke-dasharray: 5 4; fill: none; }
.step { fill: #e0ecff; stroke: #3b6fd4; } .files { fill: #fff3d6; stroke: #b7791f; }
.app { fill: #dcf5e4; stroke: #2f855a; }
.pod { fill: none; stroke: #9ca3af; } .bad { fill: #fde2e2; stroke: #c53030; }
path { fill: none; stroke: #6b7280; stroke-width: 1.5; } .head { fill: #6b7280; stroke: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #e5e7eb; } .detail { fill: #aeb6c2; } rect { fill: #20242b; stroke: #6b7280; }
  .outside, .pod { fill: none; } .step { fill: #1c2f54; stroke: #7ea6f5; } .files { fill: #43351a; stroke: #d9a441; }
  .app { fill: #17392a; stroke: #62bd8a; } .bad { fill: #4a1f21; stroke: #ef8a8a; } path { stroke: #9aa3af; }
  .head { fill: #9aa3af; }
}`;

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function drawing(title: string, [width, height]: readonly [number, number], shapes: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
    + ` role="img">\n<title>${escaped(title)}</title>\n<style>${STYLE}\n</style>\n${shapes.join('\n')}\n</svg>\n`;
}

export function words(text: string, x: number, y: number, style = 'detail', anchor = 'middle'): string {
  return `<text x="${x}" y="${y}" class="${style}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

export function box({ kind, title, detail, x, y, width }: Box): string {
  const middle = x + width / 2;
  const lines = detail === undefined
    ? [words(title, middle, y + HEIGHT / 2 + 5, '')]
    : [words(title, middle, y + 27, ''), words(detail, middle, y + 46)];
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${HEIGHT}"/>${lines.join('')}`;
}

export function arrow(from: number, to: number, y: number, label = ''): string {
  const line = `<path d="M${from} ${y}H${to - 6}"/><path class="head" d="M${to} ${y}l-9 -5v10z"/>`;
  return label === '' ? line : line + words(label, (from + to) / 2 - 3, y - 8);
}
