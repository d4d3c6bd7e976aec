import { absolute, isBelowMount, isRemovedBefore, mountAround } from './on-volumes';
import { eachCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import { hasOption, operands, optionOf, type ShellCommand } from '../shell/command';
import { failureOf, isGuarded } from '../shell/context';

/** What works once on a volume. */
export const failsWhenRunAgain: Rule = {
  name: 'fails-when-run-again',
  severity: 'warning',
  reason:
    'A container is started again in the same pod, after a failure or a restart of its '
    + 'node, and a volume keeps what the first run left: what works only once fails then, '
    + 'again and again.',
  fires: `
- name: clone
  image: alpine/git:2.49.1
  command: [sh, -c, 'git clone https://git.example.com/site.git /site/html']
  volumeMounts: [{ name: site, mountPath: /site }]
`,
  silent: `
- name: clone
  image: alpine/git:2.49.1
  command: [sh, -c, 'rm -rf /site/html && git clone https://git.example.com/site.git /site/html']
  volumeMounts: [{ name: site, mountPath: /site }]
`,
  find: eachCommand((command, container) => {
    const { script, commands } = container;
    if (isGuarded(command, commands)) return undefined;
    if (script && failureOf(command, script) !== 'ends') return undefined;
    return worksOnce(container, command);
  }),
};

function worksOnce(
  container: Container,
  command: ShellCommand,
): { message: string; remedy: string } | undefined {
  const path = madeBy(container, command);
  const what = WORDS[command.name];
  if (path === undefined || isRemovedBefore(container, command, path)) return undefined;
  return {
    message: `${what.says(path)}: the second run in the same pod fails`,
    remedy: what.remedy,
  };
}

const WORDS: {
  readonly [name: string]: { says: (path: string) => string; remedy: string };
} = {
  git: {
    says: path => `clones into ${path}, which is there and not empty when it runs again`,
    remedy: 'use CloneRepository, or remove the folder first',
  },
  mkdir: { says: path => `makes the folder ${path} without -p`, remedy: 'write mkdir -p' },
  ln: { says: path => `makes the link ${path} without -f`, remedy: 'write ln -sfn' },
  unzip: {
    says: path =>
      `unpacks into ${path} without -o, and unzip asks whether to replace what is there`,
    remedy: 'use DownloadArchive, or write unzip -o',
  },
};

/** The path on a volume that a command makes, and that it may not find. */
function madeBy(container: Container, command: ShellCommand): string | undefined {
  const at = (path: string | undefined) =>
    path === undefined ? undefined : absolute(container, command, path);
  const known = operands(command);
  switch (command.name) {
    case 'git':
      return cloneOf(container, command, at);
    case 'mkdir':
      return hasOption(command, 'p', '--parents')
        ? undefined
        : known.map(at).find(each => isBelowMount(container, each));
    case 'ln': {
      const path = at(known[1]);
      return known.length === 2
        && !hasOption(command, 'f', '--force')
        && isBelowMount(container, path)
        ? path
        : undefined;
    }
    case 'unzip': {
      const folder = at(optionOf(command, 'd')?.value ?? '.');
      return !hasOption(command, 'onufpltv')
        && folder !== undefined
        && mountAround(container, folder)
        ? folder
        : undefined;
    }
    default:
      return undefined;
  }
}

function cloneOf(
  container: Container,
  command: ShellCommand,
  at: (path?: string) => string | undefined,
): string | undefined {
  const words = command.args.map(({ text, value }) => value ?? text);
  const clone = words.indexOf('clone');
  if (clone < 0) return undefined;
  const withValue = [
    '-b',
    '--branch',
    '--depth',
    '-o',
    '-c',
    '--config',
    '-u',
    '--reference',
    '--filter',
    '-j',
  ];
  const [url = '', folder] = words
    .slice(clone + 1)
    .filter(
      (word, index, all) =>
        !word.startsWith('-') && !withValue.includes(all[index - 1] ?? ''),
    );
  const path = at(
    folder
      ?? url
        .replace(/\/$/, '')
        .replace(/^.*[/:]/, '')
        .replace(/\.git$/, ''),
  );
  return path !== undefined && !path.includes('$') && mountAround(container, path)
    ? path
    : undefined;
}
