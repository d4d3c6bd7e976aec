import { waitInstead } from './our-code';
import type { Rule } from './rule';
import { isHeadless, serviceNamed } from './services';
import { handWritten } from '../manifests/pods';
import { loopAround } from '../shell/context';
import { askedBy } from '../shell/waits';

/** A loop that only looks a name up. */
export const nameIsNoAnswer: Rule = {
  name: 'name-is-no-answer',
  severity: 'info',
  reason:
    'The name of a Service is there as soon as the Service is, with no pod behind it: the '
    + 'app starts before what it waited for. If the Service is among the manifests and has '
    + 'an address of its own, that is a warning.',
  fires: `
- name: wait-for-db
  image: alpine:3.22
  command: [sh, -c, 'until getent hosts db; do sleep 2; done']
`,
  silent: `
- name: wait-for-db
  image: alpine:3.22
  command: [sh, -c, 'until nc -z -w 2 db 5432; do sleep 2; done']
`,
  find: manifests =>
    handWritten(manifests).flatMap(container =>
      container.commands.flatMap(command => {
        const asked = askedBy(command);
        if (asked?.kind !== 'name' || command.name === 'ping' || !loopAround(command)) {
          return [];
        }
        const service =
          asked.host === undefined
            ? undefined
            : serviceNamed(manifests, container.pod, asked.host);
        if (service && isHeadless(service)) return [];
        return [
          {
            container,
            pod: container.pod,
            command,
            severity: service ? ('warning' as const) : ('info' as const),
            message: `only looks up ${asked.host ? `'${asked.host}'` : 'a name'}, `
              + 'which is there as soon as the Service is, though no pod answers yet',
            remedy: waitInstead(container, asked, manifests),
          },
        ];
      }),
    ),
};
