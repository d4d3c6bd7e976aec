/** What the library takes of Node without importing it. Comes first in the bundle. */

/** What was printed. */
export const printed: string[] = [];

function print(...values: unknown[]): void {
  const texts = values.map(value => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)));
  printed.push(`${texts.join(' ')}\n`);
}

const stream = { write: (text: string) => printed.push(text) > 0 };

Object.assign(globalThis, {
  process: { env: {}, argv: [], execPath: 'node', cwd: () => '/', stdout: stream, stderr: stream },
  Buffer: { byteLength: (text: string) => new TextEncoder().encode(text).length },
});
Object.assign(console, { log: print, info: print, warn: print, error: print });
