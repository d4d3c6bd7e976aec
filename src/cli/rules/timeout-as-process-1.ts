import { knownImage } from './images';
import { scopeOf } from './our-code';
import { firstCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { isLastAlone } from '../shell/context';

/** busybox's timeout as process 1. */
export const timeoutAsProcess1: Rule = {
  name: 'timeout-as-process-1',
  severity: 'error',
  reason:
    'The timeout of busybox turns itself into the command and lets its child send the '
    + 'signal, and process 1 ignores it: the time limit never fires. A shell that has '
    + 'nothing else left to do turns itself into its last command, so that it meets it, '
    + 'too.',
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

function isProcess1({ script, argv }: Container, command: ShellCommand): boolean {
  if (/(^|\/)timeout$/.test(argv[0]?.text ?? '')) return true;
  return (
    script !== undefined
    && command.starters[0] === 'timeout'
    && isLastAlone(command)
    && !script.text.includes('trap ')
  );
}
