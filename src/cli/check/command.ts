import type { Command } from 'commander';
import { findingsIn } from './check';
import { FORMATS } from './formats';
import { exitCodeOf, judgingCommand, type JudgingOptions } from './judging';
import { plural, summaryOf } from './summary';
import { readAll } from '../manifests/files';
import { podsOf } from '../manifests/pods';
import { RULES } from '../rules';
import { WrongUse, type ExitCode, type Terminal } from '../terminal';

interface Options extends JudgingOptions {
  readonly disable: string[];
}

/** `check FILE…`: what will go wrong with the init containers of manifests. */
export function checkCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const description = 'Say what will go wrong with the init containers of manifests, and what to write instead.';
  return judgingCommand('check', description, FORMATS)
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
  const { format, disable, notes = false, strict } = options;
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
  return exitCodeOf(found, { isComplete, strict });
}

function addRule(name: string, others: string[]): string[] {
  if (RULES.some(rule => rule.name === name)) return [...others, name];
  throw new WrongUse(
    `There is no rule '${name}'; there are ${RULES.map(rule => rule.name).join(', ')}`,
  );
}
