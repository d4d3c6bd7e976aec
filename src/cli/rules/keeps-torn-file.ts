import { downloadsOf } from './downloads';
import { absolute, mountAround } from './on-volumes';
import { eachCommand, type Rule } from './rule';
import { shown } from './shown';
import type { Container } from '../manifests/pods';
import { hasOption, operands, type ShellCommand } from '../shell/command';
import { isGuarded } from '../shell/context';

/** What writes a file in place, and leaves it alone if it is there. */
export const keepsTornFile: Rule = {
  name: 'keeps-torn-file',
  severity: 'warning',
  reason:
    'A run that is killed half-way leaves half of the file; the next one finds a file '
    + 'there, takes it for whole, and the app reads it.',
  fires: `
- name: download-model
  image: curlimages/curl:8.22.0
  command: [sh, -c, '[ -f /models/m.bin ] || curl -fsSo /models/m.bin https://models.example.com/m.bin']
  volumeMounts: [{ name: models, mountPath: /models }]
`,
  silent: `
- name: download-model
  image: curlimages/curl:8.22.0
  command:
    - sh
    - -c
    - >-
      [ -f /models/m.bin ] ||
      { curl -fsSo /models/.part https://models.example.com/m.bin && mv /models/.part /models/m.bin; }
  volumeMounts: [{ name: models, mountPath: /models }]
`,
  find: eachCommand((command, container) => keepsTorn(command, container)
    ? {
      message:
        `writes in place what it leaves alone if it is there ('${shown(command, container)}'): `
        + 'half a file of a run that was killed stays',
      remedy:
        'write beside it and rename with mv, '
        + 'as DownloadConfig, DownloadArchive and CopyFromImage do',
    }
    : undefined),
};

function keepsTorn(command: ShellCommand, container: Container): boolean {
  if (command.name === 'cp') {
    return hasOption(command, 'n', '--no-clobber') && isKept(container, command, operands(command).at(-1));
  }
  const file = downloadsOf(container).find(each => each.command === command)?.file;
  return file !== undefined && isGuarded(command, container.commands) && isKept(container, command, file);
}

/** Whether the guard asks for the very file, which is on a volume. */
function isKept(container: Container, command: ShellCommand, file?: string): boolean {
  const path = file === undefined ? undefined : absolute(container, command, file);
  if (path === undefined || !mountAround(container, path)) return false;
  return (
    command.name === 'cp'
    || container.commands.some(
      each =>
        ['[', 'test', 'ls', 'stat'].includes(each.name)
        && each.args.some(({ value }) => value === file),
    )
  );
}
