import { hasOption, operands, optionOf, type ShellCommand } from './command';
import type { ShellWord } from './word';
import { withoutUser, withoutUsers } from '../user-info';

/** What a command asks whether it is there. */
export interface Asked {
  readonly kind: 'tcp' | 'http' | 'name';
  /** The host, as far as it is known. */
  readonly host?: string;
  readonly port?: number;
  readonly url?: string;
  /** The member of AppProtocol of a database that is asked in its own protocol. */
  readonly appProtocol?: string;
}

/** What a command asks; undefined if it asks no server. */
export function askedBy(command: ShellCommand): Asked | undefined {
  return Object.hasOwn(ASKING, command.name)
    ? ASKING[command.name](command)
    : bySpecialFile(command);
}

const ASKING: { readonly [name: string]: (command: ShellCommand) => Asked | undefined } = {
  'nc': ofHostAndPort,
  'ncat': ofHostAndPort,
  'netcat': ofHostAndPort,
  'telnet': ofHostAndPort,
  'nslookup': ofName,
  'host': ofName,
  'dig': ofName,
  'getent': command =>
    command.args[0]?.text === 'hosts'
      ? { kind: 'name', host: operands(command)[1] }
      : undefined,
  'ping': ofName,
  'curl': ofUrl,
  'wget': ofUrl,
  'http': ofUrl,
  'pg_isready': command => database(command, 5432, 'POSTGRES', ['h', 'p']),
  'psql': command => database(command, 5432, 'POSTGRES', ['h', 'p']),
  'mysqladmin': command => database(command, 3306, 'MYSQL', ['h', 'P']),
  'mysql': command => database(command, 3306, 'MYSQL', ['h', 'P']),
  'mariadb-admin': command => database(command, 3306, 'MYSQL', ['h', 'P']),
  'redis-cli': command => database(command, 6379, 'REDIS', ['h', 'p']),
  'valkey-cli': command => database(command, 6379, 'REDIS', ['h', 'p']),
  'wait-for-it.sh': ofHostColonPort,
  'wait-for-it': ofHostColonPort,
  'wait-for': ofHostColonPort,
  'wait-for.sh': ofHostColonPort,
};

function ofHostAndPort(command: ShellCommand): Asked {
  const [host, port] = withoutValues(command, ['w', 'i', 'p', 's', 'q', 'G', 'T']);
  return { kind: 'tcp', host: hostOf(host), port: numberOf(port?.value) };
}

/** `db:5432`, `-h db -p 5432` or a URL; what stands behind `--` is another command. */
function ofHostColonPort(command: ShellCommand): Asked {
  const end = command.args.findIndex(({ text }) => text === '--');
  const own = end < 0 ? command : { ...command, args: command.args.slice(0, end) };
  const words = operands(own);
  if (words.some(word => /^https?:/.test(word ?? ''))) return ofUrl(own);
  const [, host, port] = words.map(word => /^([^:]+):(\d+)$/.exec(word ?? '')).find(each => each) ?? [];
  return {
    kind: 'tcp',
    host: host ?? optionOf(own, 'h', '--host')?.value,
    port: numberOf(port ?? optionOf(own, 'p', '--port')?.value),
  };
}

function ofName(command: ShellCommand): Asked {
  return { kind: 'name', host: hostOf(withoutValues(command, ['c', 'w', 'W', 't'])[0]) };
}

/** `db.$(cat …/namespace).svc` and `db.$POD_NAMESPACE.svc` are the Service `db` beside the pod, too. */
const BESIDE = /^["']?([a-z0-9-]+)\.(?:(?:\$\(|`)cat [^)`]*namespace|\$\{?(?:\w*POD_)?NAMESPACE\b)/;

function hostOf(word: ShellWord | undefined): string | undefined {
  return word?.value ?? BESIDE.exec(word?.text ?? '')?.[1];
}

/** Options behind which their value stands as a word of its own. */
const OPTIONS_WITH_VALUE: { readonly [program: string]: RegExp } = {
  curl: new RegExp(
    '^-[A-Za-z]*[ACDEFHKPTUXYbcdemoruwxyz]$'
    + '|^--(max-time|connect-timeout|retry|retry-delay|retry-max-time|output|header|data|request'
    + '|user|user-agent|write-out|cacert|cert|key|resolve)$',
  ),
  wget: /^-[A-Za-z]*[ADOPTUaeot]$|^--(timeout|tries|output-document|header|user|password|post-data|user-agent)$/,
};

function ofUrl(command: ShellCommand): Asked {
  const known = command.args.map(({ text, value }) => value ?? text.replace(/["']/g, ''));
  const found =
    known.find(each => /^https?:\/\//.test(each))
    ?? known.find((each, index) =>
      /^\w[\w.-]*(:\d+)?(\/|$)/.test(each)
      && !OPTIONS_WITH_VALUE[command.name]?.test(known[index - 1] ?? ''));
  const url = found === undefined ? undefined : withoutUsers(found);
  const [, scheme = 'http', host, port] =
    /^(?:(https?):\/\/)?(?:[^@/]*@)?([\w.-]+)(?::(\d+))?(?=[/?]|$)/.exec(withoutUser(found ?? '')) ?? [];
  return {
    kind: 'http',
    host,
    port: numberOf(port) ?? (scheme === 'https' ? 443 : 80),
    url: url !== undefined && !/[$`]/.test(url) ? url : undefined,
  };
}

function database(
  command: ShellCommand,
  usual: number,
  appProtocol: string,
  [host, port]: [string, string],
): Asked {
  const given = optionOf(command, host, '--host')?.value;
  const number = optionOf(command, port, '--port');
  return {
    kind: 'tcp',
    host: given,
    port: number ? numberOf(number.value) : usual,
    appProtocol,
  };
}

/** `> /dev/tcp/db/5432` of bash. */
function bySpecialFile({ redirects, args }: ShellCommand): Asked | undefined {
  const words = [...redirects.map(({ target }) => target), ...args];
  const path = words
    .map(({ value = '' }) => value)
    .find(each => each.startsWith('/dev/tcp/'));
  const [, host, port] = /^\/dev\/tcp\/([^/]+)\/(\d+)/.exec(path ?? '') ?? [];
  return path === undefined ? undefined : { kind: 'tcp', host, port: numberOf(port) };
}

/** Words that are neither options nor values of options. */
function withoutValues({ args }: ShellCommand, letters: readonly string[]): ShellWord[] {
  return args.filter(({ text }, index) => {
    const before = args[index - 1]?.text ?? '';
    return (
      !text.startsWith('-')
      && !letters.some(letter => new RegExp(`^-[a-z]*${letter}$`, 'i').test(before))
    );
  });
}

function numberOf(text?: string): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether a command asks but leaves the answer to its exit code: `curl` without `-f` calls a 500 a success. */
export function failsAtStatus(command: ShellCommand): boolean {
  return (
    command.name !== 'curl'
    || hasOption(command, 'fw', '--fail', '--fail-with-body', '--write-out')
  );
}
