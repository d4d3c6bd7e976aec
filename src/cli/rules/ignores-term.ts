import { firstCommand, type Rule } from './rule';
import { loopAround } from '../shell/context';

/** A shell as process 1 that does not hear that it should stop. */
export const ignoresTerm: Rule = {
  name: 'ignores-term',
  severity: 'info',
  reason:
    'As process 1 a shell ignores TERM while a command runs in the foreground: a pod that '
    + 'is deleted while it waits takes its whole grace period, 30 s, and a drain of its '
    + 'node as long.',
  fires: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nc -z db 5432; do sleep 2; done']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'trap "exit 143" TERM; until nc -z db 5432; do sleep 2 & wait $!; done']
`,
  find: firstCommand((command, { script, commands, pod }) => {
    if (!script || command.name !== 'sleep' || !loopAround(command)) return undefined;
    if (pod.spec.shareProcessNamespace || commands.some(({ name }) => name === 'trap')) return undefined;
    return {
      message: 'does not hear TERM while it sleeps: its pod takes the whole grace period to be deleted',
      remedy:
        'a WaitForService ends at once; in a shell: '
        + 'trap "exit 143" TERM, and sleep 2 & wait $! instead of sleep 2',
    };
  }),
};
