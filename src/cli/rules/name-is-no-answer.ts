import { waitInstead } from './our-code';
import { eachCommand, type Rule } from './rule';
import { isHeadless, serviceNamed } from './services';
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
  find: eachCommand((command, container, manifests) => {
    const asked = askedBy(command);
    if (asked?.kind !== 'name' || command.name === 'ping' || !loopAround(command)) return undefined;
    const { host } = asked;
    const service = host === undefined ? undefined : serviceNamed(manifests, container.pod, host);
    if (service && isHeadless(service)) return undefined;
    return {
      severity: service ? 'warning' : 'info',
      message:
        `only looks up ${host === undefined ? 'a name' : `'${host}'`}, `
        + 'which is there as soon as the Service is, though no pod answers yet',
      remedy: waitInstead(container, asked, manifests),
    };
  }),
};
