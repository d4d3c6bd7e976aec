import { waitInstead } from './our-code';
import { eachContainer, type Rule, type Said } from './rule';
import { shown } from './shown';
import { isLoopback } from '../../private/values/loopback';
import type { Container, Manifests } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { loopAround } from '../shell/context';
import { hasLimit } from '../shell/limit';
import { askedBy } from '../shell/waits';
import { hasDeadline } from '../startup/hand-written-waits';
import { isAnsweredInPod, isNobodyThere } from '../startup/loopback';

/** Loops that ask a server and never give up. */
export const waitWithoutLimit: Rule = {
  name: 'wait-without-limit',
  severity: 'warning',
  reason:
    'What it waits for may never come: a mistyped name, a database that was removed. Then '
    + 'the pod stays in Init for ever, nothing fails, no alert fires, and the reason is in '
    + 'no event.',
  fires: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nc -z db 5432; do sleep 2; done']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'for i in $(seq 300); do nc -z -w 2 db 5432 && exit 0; sleep 2; done; exit 1']
`,
  find: eachContainer((container, manifests) => {
    if (hasDeadline(container.pod) || container.script?.process1 === 'timeout') return [];
    const asking = container.commands.filter(isEndless);
    const hopeless = container.commands.filter(each => isNobodyThere(container, each)).map(loopAround);
    const loops = [...new Set(asking.map(loopAround))].filter(loop => !hopeless.includes(loop));
    return loops.map(loop =>
      saidOf(container, asking.find(each => loopAround(each) === loop)!, manifests));
  }),
};

function isEndless(command: ShellCommand): boolean {
  const loop = loopAround(command);
  if (!loop || hasLimit(loop) || isWithinTimeout(command)) return false;
  return ['kubectl', 'sleep'].includes(command.name) || askedBy(command) !== undefined;
}

/** Whether `timeout` is around the loop, `timeout 60 sh -c 'until …'`, and not around one attempt in it. */
function isWithinTimeout({ starters, around }: ShellCommand): boolean {
  return (
    starters.includes('timeout')
    && around.filter(({ type }) => type === 'Script').length > 1
  );
}

function saidOf(container: Container, first: ShellCommand, manifests: Manifests): Said {
  const inLoop = container.commands.filter(each => loopAround(each) === loopAround(first));
  const command =
    inLoop.find(each => askedBy(each))
    ?? inLoop.find(({ name }) => name !== 'sleep')
    ?? first;
  const asked = askedBy(command);
  return {
    command,
    message: `repeats '${shown(command, container)}' without a limit; `
      + 'while that fails the pod stays in Init, and nothing says why',
    remedy: asked && !(isLoopback(asked.host ?? '') && !isAnsweredInPod(container))
      ? waitInstead(container, asked, manifests)
      : 'count the attempts, and end with exit 1 and the reason after the last one',
  };
}
