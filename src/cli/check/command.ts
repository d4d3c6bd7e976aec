import { Command, Option } from 'commander';
import { findingsIn } from './check';
import { FORMATS } from './formats';
import { plural, summaryOf } from './summary';
import type { PlacedFinding } from '../finding';
import { readAll } from '../manifests/files';
import { podsOf } from '../manifests/pods';
import { RULES } from '../rules';
import { ExitCode, WrongUse, type Terminal } from '../terminal';

interface Options {
  readonly format: string;
  readonly strict?: boolean;
  readonly notes?: boolean;
  readonly disable: string[];
}

/** `check FILE…`: what will go wrong with the init containers of manifests. */
export function checkCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return new Command('check')
    .description(
      'Say what will go wrong with the init containers of manifests, and what to write instead.',
    )
    .argument('<file...>', 'manifests in YAML or JSON, or folders of them; - is the standard input')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(Object.keys(FORMATS))
        .default('text'),
    )
    .option('--strict', 'exit with 1 for warnings, too, not only for errors')
    .option('--notes', 'print what is worth knowing, too, but neither wrong nor doubtful')
    .option(
      '--disable <rule>',
      'switch a rule off; may be given several times',
      addRule,
      [],
    )
    .addHelpText('after', `\nRules: ${RULES.map(({ name }) => name).join(', ')}`)
    .action(async (files: string[], options: Options) =>
      end(await check(files, options, terminal)),
    );
}

async function check(
  files: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  const { format, disable, notes = false, strict = false } = options;
  const { all, filesRead, isComplete } = await readAll(files, terminal);
  const manifests = podsOf(all);
  const found = findingsIn(
    manifests,
    RULES.filter(({ name }) => !disable.includes(name)),
  );
  const shown = notes ? found : found.filter(({ severity }) => severity !== 'info');
  terminal.print(FORMATS[format](shown, terminal.colors));
  if (format === 'text' && filesRead > 0) {
    const containers = manifests.pods.flatMap(({ initContainers }) => initContainers).length;
    terminal.print(summaryOf(plural(containers, 'init container'), found, notes));
  }
  if (!isComplete) return ExitCode.WRONG_USE;
  const isBad = ({ severity }: PlacedFinding) =>
    severity === 'error' || (strict && severity === 'warning');
  return found.some(isBad) ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
}

function addRule(name: string, others: string[]): string[] {
  if (RULES.some(rule => rule.name === name)) return [...others, name];
  throw new WrongUse(
    `There is no rule '${name}'; there are ${RULES.map(rule => rule.name).join(', ')}`,
  );
}
