import { waitInstead } from './our-code';
import { eachCommand, type Rule } from './rule';
import { isHeadless, serviceNamed } from './services';
import type { ShellCommand } from '../shell/command';
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
    const loop = loopAround(command);
    if (asked?.kind !== 'name' || command.name === 'ping' || !loop) return undefined;
    const { host } = asked;
    if (host !== undefined && isNameOfPod(host)) return undefined;
    if (container.commands.some(each => each.around.includes(loop) && isAnswer(each))) return undefined;
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

/** `db-0.db.shop`, `db-0.db.shop.svc`: a pod behind a headless Service has a name when it is ready. */
function isNameOfPod(host: string): boolean {
  return host.replace(/\.svc(\..*)?$/, '').split('.').length > 2;
}

/** Whether a command asks what is behind the name, too. */
function isAnswer(command: ShellCommand): boolean {
  const asked = askedBy(command);
  return asked !== undefined && asked.kind !== 'name';
}
