import { Command, CommanderError } from 'commander';
import { checkCommand } from './check/command';
import { graphCommand } from './graph/command';
import { ExitCode, WrongUse, type Terminal } from './terminal';
import { whyCommand } from './why/command';
import { version } from '../../package.json';

/** A command of the program; it calls `end` with its exit code when it is done. */
export type MakeCommand = (terminal: Terminal, end: (code: ExitCode) => void) => Command;

const COMMANDS: readonly MakeCommand[] = [checkCommand, graphCommand, whyCommand];

/**
 * Runs the command that the arguments name.
 *
 * @param args what stands behind the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code = ExitCode.NOTHING_FOUND;
  const program = programOf(terminal, ended => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.NOTHING_FOUND : ExitCode.WRONG_USE;
    }
    const isMistake = error instanceof WrongUse;
    terminal.complain(`${isMistake ? error.message : `This is a fault of ours: ${stackOf(error)}`}\n`);
    return ExitCode.WRONG_USE;
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function programOf(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('cdk8s-init-containers')
    .description(
      'Says what will go wrong with the init containers of any manifests, and what does.',
    )
    .version(version)
    .helpCommand(false);
  COMMANDS.map(make => make(terminal, end)).forEach(command => program.addCommand(command));
  for (const each of [program, ...program.commands]) {
    each.exitOverride().configureOutput({
      writeOut: text => terminal.print(text),
      writeErr: text => terminal.complain(text),
    });
  }
  return program;
}
