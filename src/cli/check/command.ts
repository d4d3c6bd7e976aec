import { Command } from 'commander';
import { ExitCode, type Terminal } from '../terminal';

/** `check FILE…`: what will go wrong with the init containers of manifests. */
export function checkCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('Say what will go wrong with the init containers of manifests, and what to write instead.')
    .argument('<file...>', 'manifests in YAML or JSON; - is the standard input')
    .action((files: string[]) => {
      terminal.print(`${files.join(' ')}\n`);
      end(ExitCode.NOTHING_FOUND);
    });
}
