import { isDockerBusybox, tagOf } from './images';
import { waitInstead } from './our-code';
import { eachCommand, type Rule } from './rule';
import type { ShellCommand } from '../shell/command';
import { failureOf, isExitCodeLost } from '../shell/context';
import type { Script } from '../shell/script';
import { askedBy } from '../shell/waits';

/** Tags of which it is known that a short name fails, and of those with which it does not. */
const MEASURED = /^1\.3[7-9]/;
const SUCCEEDS = /^1\.([0-9]|1[0-9]|2[0-8])(\.|-|$)/;

/** busybox's nslookup is given a name that only the search list completes. */
export const nslookupShortName: Rule = {
  name: 'nslookup-short-name',
  severity: 'error',
  reason:
    'For a short name nslookup of busybox asks with every ending of the search list, and '
    + 'fails because one of these names does not exist, although another one answers: the '
    + 'loop never ends. Measured with 1.37 and 1.38; busybox before 1.29 succeeds.',
  fires: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nslookup db; do sleep 2; done']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'until nc -z -w 2 db 5432; do sleep 2; done']
`,
  find: eachCommand((command, container, manifests) => {
    const { image, script } = container;
    if (command.name !== 'nslookup' || !isDockerBusybox(image)) return undefined;
    const asked = askedBy(command)!;
    const isWritten = command.args.some(({ value }) => value === asked.host);
    if (!asked.host || asked.host.includes('.') || !isWritten) return undefined;
    if (script && isUnseen(command, script)) return undefined;
    const tag = tagOf(image!) ?? '';
    if (SUCCEEDS.test(tag)) return undefined;
    return {
      severity: MEASURED.test(tag) ? 'error' : 'warning',
      message:
        `asks nslookup for '${asked.host}', a short name, `
        + 'and fails although the Service is there, as 1.37 and 1.38 do',
      remedy: waitInstead(container, asked, manifests),
    };
  }),
};

function isUnseen(command: ShellCommand, script: Script): boolean {
  return isExitCodeLost(command, script) || failureOf(command, script) === 'ignored';
}
