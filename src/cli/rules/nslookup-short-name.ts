import { isDockerBusybox, tagOf } from './images';
import { waitInstead } from './our-code';
import type { Rule } from './rule';
import { handWritten } from '../manifests/pods';
import { failureOf } from '../shell/context';
import { askedBy } from '../shell/waits';

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
  find: manifests =>
    handWritten(manifests)
      .filter(({ image }) => isDockerBusybox(image))
      .flatMap(container =>
        container.commands
          .filter(({ name }) => name === 'nslookup')
          .flatMap(command => {
            const asked = askedBy(command)!;
            if (
              !asked.host
              || asked.host.includes('.')
              || !command.args.some(({ value }) => value === asked.host)
            ) {
              return [];
            }
            if (container.script && failureOf(command, container.script) === 'ignored') {
              return [];
            }
            const tag = tagOf(container.image!) ?? '';
            const isKnown = /^1\.3[7-9]/.test(tag);
            if (/^1\.([0-9]|1[0-9]|2[0-8])(\.|-|$)/.test(tag)) return [];
            return [
              {
                container,
                pod: container.pod,
                command,
                severity: isKnown ? ('error' as const) : ('warning' as const),
                message:
                  `asks nslookup for '${asked.host}', a short name, `
                  + 'and fails although the Service is there, as 1.37 and 1.38 do',
                remedy: waitInstead(container, asked, manifests),
              },
            ];
          }),
      ),
};
