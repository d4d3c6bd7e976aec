import { firstCommand, type Rule } from './rule';
import type { ShellCommand } from '../shell/command';

const INSTALLS: { readonly [program: string]: readonly string[] } = {
  'apk': ['add'],
  'apt-get': ['install'],
  'apt': ['install'],
  'yum': ['install'],
  'dnf': ['install'],
  'microdnf': ['install'],
  'pip': ['install'],
  'pip3': ['install'],
  'npm': ['install', 'i', 'ci'],
  'gem': ['install'],
  'go': ['install'],
};

/** Packages that are installed whenever a pod starts. */
export const installsAtStart: Rule = {
  name: 'installs-at-start',
  severity: 'warning',
  reason:
    'Every start then needs a mirror that answers, root, a writable image and minutes; '
    + 'and it brings another version each time.',
  fires: `
- name: fetch
  image: alpine:3.22
  command: [sh, -c, 'apk add --no-cache curl && curl -fsS -o /config/a.json http://config/a.json']
`,
  silent: `
- name: fetch
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsS -o /config/a.json http://config/a.json']
`,
  find: firstCommand(command =>
    installs(command)
      ? {
        message: `installs packages with ${command.name} whenever the pod starts`,
        remedy: 'take an image that has them: our steps bring curl, git and what unpacks archives',
      }
      : undefined),
};

function installs({ name, args }: ShellCommand): boolean {
  const words = Object.hasOwn(INSTALLS, name) ? INSTALLS[name] : [];
  const [verb] = args.filter(({ text }) => !text.startsWith('-'));
  return words.includes(verb?.text ?? '');
}
