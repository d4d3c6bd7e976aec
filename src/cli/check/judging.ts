import { Command, Option } from 'commander';
import type { PlacedFinding } from '../finding';
import { ExitCode } from '../terminal';

/** What all commands can be told that read manifests and judge them. */
export interface JudgingOptions {
  readonly format: string;
  readonly strict?: boolean;
  readonly notes?: boolean;
}

/** A command that reads manifests and judges them, with its formats by their names. */
export function judgingCommand(name: string, description: string, formats: object): Command {
  return new Command(name)
    .description(description)
    .argument('<file...>', 'manifests in YAML or JSON, or folders of them; - is the standard input')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(Object.keys(formats))
        .default('text'),
    )
    .option('--strict', 'exit with 1 for warnings, too, not only for errors')
    .option('--notes', 'print what is worth knowing, too, but neither wrong nor doubtful');
}

/** How such a command ends. */
export function exitCodeOf(
  found: readonly PlacedFinding[],
  { isComplete, strict = false }: { readonly isComplete: boolean; readonly strict?: boolean },
): ExitCode {
  if (!isComplete) return ExitCode.WRONG_USE;
  const isBad = ({ severity }: PlacedFinding) => severity === 'error' || (strict && severity === 'warning');
  return found.some(isBad) ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
}
