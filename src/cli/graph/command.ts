import { Command, Option } from 'commander';
import { FORMATS } from './formats';
import type { graphOf } from './graph';
import { plural, summaryOf } from '../check/summary';
import type { PlacedFinding } from '../finding';
import { readAll } from '../manifests/files';
import { podsOf } from '../manifests/pods';
import { ExitCode, type Terminal } from '../terminal';

/** The library is loaded when it is needed, because that takes longer than to print a help text. */
const makeGraph: typeof graphOf = manifests => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { graphOf: make } = require('./graph') as typeof import('./graph');
  return make(manifests);
};

interface Options {
  readonly format: string;
  readonly strict?: boolean;
  readonly notes?: boolean;
}

/** `graph FILE…`: who waits for whom in manifests, and in which order they can start. */
export function graphCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return new Command('graph')
    .description('Show who waits for whom in manifests, in which order they can start, and what is wrong with it.')
    .argument('<file...>', 'manifests in YAML or JSON, or folders of them; - is the standard input')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(Object.keys(FORMATS))
        .default('text'),
    )
    .option('--strict', 'exit with 1 for warnings, too, not only for errors')
    .option('--notes', 'print what is worth knowing, too, but neither wrong nor doubtful')
    .action(async (files: string[], options: Options) => end(await show(files, options, terminal)));
}

async function show(
  files: readonly string[],
  { format, notes: areNotesShown = false, strict = false }: Options,
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
  if (!isComplete) return ExitCode.WRONG_USE;
  const isBad = ({ severity }: PlacedFinding) => severity === 'error' || (strict && severity === 'warning');
  return findings.some(isBad) ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
}
