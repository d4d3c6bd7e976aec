import type { BuildOptions } from 'esbuild';

/** How the command line is bundled, for the package and for tests of it. */
export const BUNDLING = {
  entryPoints: ['src/cli/main.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  // node-fetch takes it where Node has no URL; it has a table of all characters.
  alias: { 'whatwg-url': 'node:url' },
} satisfies BuildOptions;
