import { downloadsOf } from './downloads';
import { waitInstead } from './our-code';
import { firstCommand, type Rule } from './rule';
import { shown } from './shown';
import type { ShellCommand } from '../shell/command';
import { failureOf, isExcused } from '../shell/context';
import { askedBy } from '../shell/waits';

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

/** What asks whether a server is there, and does nothing else. */
const WAITS = ['nc', 'ncat', 'netcat', 'pg_isready', 'wait-for-it.sh', 'wait-for-it', 'wait-for', 'wait-for.sh'];

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
  find: firstCommand((command, container, manifests) => {
    const { script } = container;
    if (!script || isQuestion(command)) return undefined;
    const isIgnored = failureOf(command, script) === 'ignored';
    const isWait = waits(command);
    if (!isIgnored && !(isWait && isExcused(command))) return undefined;
    const isDownload = downloadsOf(container).some(each => each.command === command);
    if (!isWait && !isDownload && !WORK.includes(command.name)) return undefined;
    const asked = isWait ? askedBy(command) : undefined;
    return {
      message: `goes on if '${shown(command, container)}' fails, and may succeed without it`,
      remedy: asked
        ? waitInstead(container, asked, manifests)
        : "begin the script with 'set -e', or join the commands with &&",
    };
  }),
};

/** Asks a server once, or until the time is over, and is no part of a larger question. */
function waits(command: ShellCommand): boolean {
  const { name, starters, around } = command;
  const isInLoop = around.some(({ type }) => ['While', 'For', 'ArithmeticFor'].includes(type));
  const isPart = around.some(({ type }) => type === 'AndOr') && !isExcused(command);
  if (isInLoop || isPart) return false;
  const isLimited = starters.includes('timeout') && ['sh', 'bash', 'ash'].includes(name);
  return isLimited || (WAITS.includes(name) && askedBy(command)?.kind === 'tcp');
}

/** What only asks, and for what nobody would stop. */
function isQuestion({ name, args }: ShellCommand): boolean {
  const [verb = ''] = args.map(({ text }) => text).filter(text => !text.startsWith('-'));
  return (
    (name === 'kubectl' && ['get', 'describe', 'version', 'logs'].includes(verb))
    || (name === 'git' && verb === 'config')
  );
}
