import { downloadsOf } from './downloads';
import type { Rule } from './rule';
import { handWritten } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { failureOf } from '../shell/context';

/** What an app misses if it failed. */
const WORK = [
  'cp',
  'mv',
  'tar',
  'unzip',
  'git',
  'psql',
  'mysql',
  'kubectl',
  'aws',
  'gsutil',
  'rsync',
  'envsubst',
  'flyway',
  'liquibase',
  'alembic',
];

/** A failure behind which the script goes on. */
export const failureIgnored: Rule = {
  name: 'failure-ignored',
  severity: 'warning',
  reason:
    'A script without set -e ends as its last command does: what failed before is not '
    + 'seen, the step succeeds, and the app starts without its files.',
  fires: `
- name: fetch
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsSo /config/a.json http://config/a.json; echo done']
`,
  silent: `
- name: fetch
  image: curlimages/curl:8.22.0
  command: [sh, -ec, 'curl -fsSo /config/a.json http://config/a.json; echo done']
`,
  find: manifests =>
    handWritten(manifests).flatMap(container => {
      const { script, commands, pod } = container;
      if (!script) return [];
      const downloads = downloadsOf(container).map(({ command }) => command);
      return commands
        .filter(
          command =>
            (WORK.includes(command.name) || downloads.includes(command))
            && !isQuestion(command)
            && failureOf(command, script) === 'ignored',
        )
        .slice(0, 1)
        .map(command => ({
          container,
          pod,
          command,
          message: `goes on if '${shortened(command.text)}' fails, and may succeed without it`,
          remedy: "begin the script with 'set -e', or join the commands with &&",
        }));
    }),
};

/** What only asks, and for what nobody would stop. */
function isQuestion({ name, args }: ShellCommand): boolean {
  const [verb = ''] = args.map(({ text }) => text).filter(text => !text.startsWith('-'));
  return (
    (name === 'kubectl' && ['get', 'describe', 'version', 'logs'].includes(verb))
    || (name === 'git' && verb === 'config')
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
