import { downloadsOf } from './downloads';
import { firstCommand, type Rule } from './rule';
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
  find: firstCommand((command, container) => {
    const { script } = container;
    if (!script || isQuestion(command) || failureOf(command, script) !== 'ignored') return undefined;
    const isDownload = downloadsOf(container).some(each => each.command === command);
    return WORK.includes(command.name) || isDownload
      ? {
        message: `goes on if '${shortened(command.text)}' fails, and may succeed without it`,
        remedy: "begin the script with 'set -e', or join the commands with &&",
      }
      : undefined;
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
