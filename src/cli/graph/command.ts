import type { Command } from 'commander';
import { FORMATS } from './formats';
import type { graphOf } from './graph';
import { exitCodeOf, judgingCommand, type JudgingOptions } from '../check/judging';
import { plural, summaryOf } from '../check/summary';
import { readAll } from '../manifests/files';
import { podsOf } from '../manifests/pods';
import type { ExitCode, Terminal } from '../terminal';

/** The library is loaded when it is needed, because that takes longer than to print a help text. */
const makeGraph: typeof graphOf = manifests => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { graphOf: make } = require('./graph') as typeof import('./graph');
  return make(manifests);
};

/** `graph FILE…`: who waits for whom in manifests, and in which order they can start. */
export function graphCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const description = 'Show who waits for whom in manifests, in which order they can start, and what is wrong with it.';
  return judgingCommand('graph', description, FORMATS)
    .action(async (files: string[], options: JudgingOptions) => end(await show(files, options, terminal)));
}

async function show(
  files: readonly string[],
  { format, notes: areNotesShown = false, strict }: JudgingOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { all, filesRead, isComplete } = await readAll(files, terminal);
  const made = makeGraph(podsOf(all));
  const { graph, findings, notes } = made;
  const found = [...findings, ...notes];
  terminal.print(FORMATS[format](made, areNotesShown ? found : findings, terminal.colors));
  if (format === 'text' && filesRead > 0) {
    terminal.print(summaryOf(plural(graph.order().length, 'workload'), found, areNotesShown));
  }
  return exitCodeOf(findings, { isComplete, strict });
}
