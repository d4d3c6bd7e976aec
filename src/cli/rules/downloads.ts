import type { Container } from '../manifests/pods';
import { hasOption, optionOf, type ShellCommand } from '../shell/command';
import { behindPipe, loopAround } from '../shell/context';
import { withoutUsers } from '../user-info';

/** What makes files of what comes through a pipe, or runs it. */
const TAKERS = [
  'tar',
  'sh',
  'bash',
  'gunzip',
  'zcat',
  'xz',
  'unxz',
  'bunzip2',
  'cpio',
  'dd',
  'tee',
  'base64',
];

/** A command that downloads something. */
export interface Download {
  readonly command: ShellCommand;
  /** The file that it writes, if it writes one and it is known. */
  readonly file?: string;
  readonly isPiped: boolean;
  /** As far as it is known. */
  readonly url?: string;
}

/** What a container downloads; a probe that throws the answer away is none. */
export function downloadsOf({ commands }: Container): Download[] {
  return commands.flatMap(command => {
    const isPiped = TAKERS.includes(behindPipe(command) ?? '');
    const files = [
      ...filesOf(command),
      ...command.redirects
        .filter(({ operator }) => /^>/.test(operator))
        .map(({ target }) => target),
    ].filter(({ text, value = text }) => !/^(&?\d|-|\/dev\/.*)$/.test(value));
    const isDownload =
      ['curl', 'wget'].includes(command.name) && !hasOption(command, '', '--spider');
    if (!isDownload || (files.length === 0 && !isPiped && !isSaved(command))) return [];
    const url = command.args
      .map(({ text, value }) => value ?? text.replace(/["']/g, ''))
      .find(each => /^(https?|ftp):/.test(each));
    return [{ command, file: files[0]?.value, isPiped, url: url && withoutUsers(url) }];
  });
}

function filesOf(command: ShellCommand) {
  const file =
    command.name === 'curl'
      ? optionOf(command, 'o', '--output')
      : optionOf(command, 'O', '--output-document');
  const grouped = command.args.findIndex(({ text }) => /^-[a-zA-Z]+[oO]$/.test(text));
  if (file) return [file];
  return grouped >= 0
    && command.args[grouped + 1]
    && !(command.name === 'curl' && /O$/.test(command.args[grouped].text))
    ? [command.args[grouped + 1]]
    : [];
}

/** Whether it writes a file that is called as on the server. */
function isSaved(command: ShellCommand): boolean {
  if (command.name === 'curl') return hasOption(command, 'O', '--remote-name');
  const isRead =
    behindPipe(command) !== undefined
    || command.around.some(({ type }) => type === 'CommandExpansion');
  return (
    !isRead
    && !loopAround(command)
    && !optionOf(command, 'O', '--output-document')
    && !command.args.some(({ text }) => /^-[a-zA-Z]*O/.test(text))
  );
}
