import { eachCommand, type Rule } from './rule';
import { behindPipe } from '../shell/context';

const SOURCES = [
  'curl',
  'wget',
  'kubectl',
  'aws',
  'gsutil',
  'pg_dump',
  'mysqldump',
  'mongodump',
  'zcat',
  'gunzip',
  'openssl',
  'git',
];

/** These fail by themselves if nothing, or half of it, comes. */
const CAREFUL = [
  'tar',
  'unzip',
  'sha256sum',
  'sha512sum',
  'jq',
  'grep',
  'gunzip',
  'unxz',
  'bunzip2',
  'read',
  'xargs',
  'tee',
  'awk',
  'sed',
  'head',
  'cut',
  'tr',
  'sort',
  'wc',
];

/** Around a command whose output or exit code something looks at. */
const QUESTIONS = ['CommandExpansion', 'While', 'If'];

/** A pipe whose first command may fail unseen. */
export const pipeHidesFailure: Rule = {
  name: 'pipe-hides-failure',
  severity: 'warning',
  reason:
    'A pipe ends as its last command does: a download that breaks off leaves half of a '
    + 'file, or half of a script that was run, and the step succeeds.',
  fires: `
- name: install
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsSL https://downloads.example.com/install.sh | sh']
`,
  silent: `
- name: install
  image: curlimages/curl:8.22.0
  command: [sh, -ec, 'set -o pipefail; curl -fsSL https://downloads.example.com/install.sh | sh']
`,
  find: eachCommand((command, { script }) => {
    if (!script || script.hasPipefail || !SOURCES.includes(command.name)) return undefined;
    const behind = behindPipe(command);
    if (behind === undefined || command.around.some(({ type }) => QUESTIONS.includes(type))) return undefined;
    return {
      severity: CAREFUL.includes(behind) ? 'info' : 'warning',
      message:
        `pipes ${command.name} into ${behind}: `
        + `without pipefail nobody sees that ${command.name} fails`,
      remedy:
        "write 'set -o pipefail' first, which dash does not have, "
        + 'or download into a file and look at the exit code',
    };
  }),
};
