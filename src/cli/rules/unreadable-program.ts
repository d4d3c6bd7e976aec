import { eachContainer, type Rule } from './rule';

/** A program that no shell can read. */
export const unreadableProgram: Rule = {
  name: 'unreadable-program',
  severity: 'error',
  reason:
    'A shell that cannot read its program to the end fails with exit code 2: before its first '
    + 'command, or behind some of them. What this command cannot read it does not check, either.',
  fires: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nc -z -w 2 db 5432; do sleep 2']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nc -z -w 2 db 5432; do sleep 2; done']
`,
  find: eachContainer(({ unreadable }) => unreadable ? [{
    severity: unreadable.isForSure ? 'error' : 'info',
    place: unreadable.place,
    message: unreadable.isForSure
      ? `has a program that no shell can read: ${unreadable.reason}`
      : `has a program that could not be read, and is not checked: ${unreadable.reason}`,
    remedy: 'mend what stands there; sh -n FILE says what a shell thinks of it',
  }] : []),
};
