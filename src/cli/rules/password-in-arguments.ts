import { eachCommand, type Rule } from './rule';
import { optionOf, type ShellCommand } from '../shell/command';
import { passwordsInUrls } from '../user-info';

/** Options that are followed by a password: their short form, and their names. */
const OPTIONS: { readonly [program: string]: readonly [string | undefined, ...string[]] } =
  {
    'mysql': ['p', '--password'],
    'mysqladmin': ['p', '--password'],
    'mysqldump': ['p', '--password'],
    'mariadb': ['p', '--password'],
    'mongo': ['p', '--password'],
    'mongosh': ['p', '--password'],
    'redis-cli': ['a', '--pass'],
    'valkey-cli': ['a', '--pass'],
    'curl': ['u', '--user'],
    'sshpass': ['p'],
    'wget': [undefined, '--password', '--http-password'],
  };

/** What programs call it that are not known; some mean a file that has it. */
const ANY_PROGRAM: readonly [undefined, ...string[]] = [undefined, '--password'];

/** Variables that hold a password, as a rule. */
const VARIABLE =
  /^(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|VALKEYCLI_AUTH|\w*(?:PASSWORD|PASSWD))=["']?([^/"'$`][^"'$`]*)["']?$/;

/** A password that others can read. */
export const passwordInArguments: Rule = {
  name: 'password-in-arguments',
  severity: 'warning',
  reason:
    'Who may read pods may read their commands, and every process on the node sees '
    + 'arguments while they run. What comes from a variable is not in the manifest, but '
    + 'among the arguments all the same: that is a note.',
  fires: `
- name: wait-for-db
  image: mysql:8.4
  command: [sh, -c, 'mysqladmin ping -h db -u root -ps3cret']
`,
  silent: `
- name: wait-for-db
  image: mysql:8.4
  command: [sh, -c, 'mysqladmin --defaults-extra-file=/secrets/my.cnf ping -h db']
`,
  find: eachCommand((command, { commands }) => {
    const [password] = passwordsOf(command);
    if (password === undefined) return undefined;
    const isLiteral = !/[$`]/.test(password);
    if (!isLiteral && mayBeFunction(command, commands)) return undefined;
    return {
      severity: isLiteral ? 'warning' : 'info',
      message: isLiteral
        ? `gives ${command.name} a password that stands in the manifest`
        : `gives ${command.name} a password as an argument, which every process of the node can read`,
      remedy:
        'take it from a Secret, and pass it in a file or a variable that the program reads itself; '
        + 'WaitForService asks databases without a password',
    };
  }),
};

/** What a command is given as passwords, as it is written. */
export function passwordsOf(command: ShellCommand): string[] {
  return [...ofOption(command), ...inUrls(command), ...inVariables(command)]
    .filter(each => each !== undefined)
    .filter(each => each !== '');
}

/** Whether a command may be a function, of which no process has the arguments: from a file that the program reads. */
function mayBeFunction({ name }: ShellCommand, commands: readonly ShellCommand[]): boolean {
  const isProgram = Object.hasOwn(OPTIONS, name) || !name.includes('_') || name.startsWith('pg_');
  return !isProgram && commands.some(each => each.name === '.' || each.name === 'source');
}

/** `PGPASSWORD=… psql`, `env PGPASSWORD=… psql` and `export PGPASSWORD=…`; of what is known alone. */
function inVariables({ name, args, starters, text, around }: ShellCommand): (string | undefined)[] {
  const node = around.at(-1);
  const before = node?.type === 'Command' ? node.prefix : [];
  return [
    ...before.flatMap(each => each.type === 'Assignment' ? [each.text] : []),
    ...(starters.includes('env') ? text.split(' ') : []),
    ...(name === 'export' ? args.map(each => each.text) : []),
  ].map(each => VARIABLE.exec(each)?.[1]);
}

function inUrls({ args }: ShellCommand): string[] {
  return args.flatMap(({ text, value = text }) => passwordsInUrls(value));
}

/** Without an argument `-p` asks for it. */
function ofOption(command: ShellCommand): (string | undefined)[] {
  const [short, ...long] = Object.hasOwn(OPTIONS, command.name) ? OPTIONS[command.name] : ANY_PROGRAM;
  const word = optionOf(command, short, ...long);
  if (!word || word.text.startsWith('-')) return [];
  const text = word.value ?? word.text;
  if (!Object.hasOwn(OPTIONS, command.name) && text.includes('/')) return [];
  if (command.name === 'curl') return [/^[^:]*:(.+)$/.exec(text)?.[1]];
  const stands = command.args.find(each => each.text === `-${short}`);
  return /^(mysql|maria)/.test(command.name) && stands ? [] : [text];
}
