import { knownImage } from './images';
import { scopeOf } from './our-code';
import { firstCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { isLastAlone, isOutermost } from '../shell/context';

/** busybox's timeout as process 1. */
export const timeoutAsProcess1: Rule = {
  name: 'timeout-as-process-1',
  severity: 'error',
  reason:
    'The timeout of busybox turns itself into the command and lets its child send the '
    + 'signal, and process 1 ignores it: the time limit never fires. A shell that has '
    + 'nothing else left to do turns itself into its last command, so that it meets it, '
    + 'too; where a line ends behind the command, as in a block of YAML, ash does not.',
  fires: `
- name: migrate
  image: alpine:3.22
  command: [timeout, '60', /migrate]
`,
  silent: `
- name: migrate
  image: alpine:3.22
  command: [sh, -c, 'timeout 60 /migrate || exit 1']
`,
  find: firstCommand((command, container) =>
    knownImage(container.image)?.isBusybox && isProcess1(container, command)
      ? {
        message: "runs busybox's timeout as process 1, which its signal does not reach: it never fires",
        remedy:
          `new InitStep(${scopeOf(container.pod)}, '${container.name}', `
          + '{ image, command: […], timeout: Duration.minutes(1) });',
      }
      : undefined),
};

function isProcess1(container: Container, command: ShellCommand): boolean {
  const { argv, script } = container;
  if (/(^|\/)timeout$/.test(argv[0]?.text ?? '')) return true;
  if (!script || script.text.includes('trap ')) return false;
  const [first, second] = command.starters;
  if (first === 'exec' && second === 'timeout') return isOutermost(command);
  return first === 'timeout' && isLastAlone(command) && becomesLastCommand(container);
}

/**
 * Whether a shell turns itself into the last command of its program: bash does, ash only if nothing is behind the
 * command, not even the end of its line, dash never, and none of them does with a file.
 */
function becomesLastCommand({ script, pointer }: Container): boolean {
  if (!script || !script.pointer.startsWith(`${pointer}/`)) return false;
  const { process1, program, text } = script;
  const behind = text.slice(program.commands.at(-1)?.end);
  if (process1 === 'bash') return behind.trim() === '';
  return process1 !== 'dash' && !behind.includes('\n');
}
