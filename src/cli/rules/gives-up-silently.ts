import { waitInstead } from './our-code';
import { firstCommand, type Rule } from './rule';
import { shown } from './shown';
import { endsWell } from '../shell/ends';
import { askedBy } from '../shell/waits';

/** A wait that counts, and succeeds behind its last attempt. */
export const givesUpSilently: Rule = {
  name: 'gives-up-silently',
  severity: 'warning',
  reason:
    'A loop ends as its last command does, and sleep succeeds: after the last attempt the '
    + 'step ends well, and the app starts without what was waited for.',
  fires: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'for i in $(seq 30); do nc -z -w 2 db 5432 && break; sleep 2; done']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37
  command: [sh, -c, 'for i in $(seq 30); do nc -z -w 2 db 5432 && exit 0; sleep 2; done; exit 1']
`,
  find: firstCommand((command, container, manifests) => {
    const asked = askedBy(command);
    if (!asked || !endsWell(command)) return undefined;
    return {
      message: `asks for '${shown(command, container)}' a few times, and succeeds though the last attempt failed, too`,
      remedy: waitInstead(container, asked, manifests),
    };
  }),
};
