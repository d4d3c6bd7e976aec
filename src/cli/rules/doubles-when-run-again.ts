import { absolute, isBelowMount, isRemovedBefore, mountAround } from './on-volumes';
import { scopeOf } from './our-code';
import { eachCommand, type Rule, type Said } from './rule';
import type { Container } from '../manifests/pods';
import { hasOption, operands, type ShellCommand } from '../shell/command';
import { isGuarded, mayRunBefore } from '../shell/context';

/** What leaves something else on a volume when it runs again. */
export const doublesWhenRunAgain: Rule = {
  name: 'doubles-when-run-again',
  severity: 'warning',
  reason:
    'A container is started again in the same pod, and a volume keeps what the first run '
    + 'left: >> appends the same lines once more, and cp -r puts a copy into the copy.',
  fires: `
- name: configure
  image: busybox:1.37
  command: [sh, -c, 'echo "workers = 4" >> /config/app.conf']
  volumeMounts: [{ name: config, mountPath: /config }]
`,
  silent: `
- name: configure
  image: busybox:1.37
  command: [sh, -c, 'echo "port = 80" > /config/app.conf; echo "workers = 4" >> /config/app.conf']
  volumeMounts: [{ name: config, mountPath: /config }]
`,
  find: eachCommand((command, container) =>
    isGuarded(command, container.commands)
      ? undefined
      : appends(container, command) ?? nests(container, command)),
};

function appends(container: Container, command: ShellCommand): Said | undefined {
  const path = command.redirects
    .filter(({ operator }) => operator === '>>' || operator === '&>>')
    .map(({ target: { value } }) => value && absolute(container, command, value))
    .find(each => each && mountAround(container, each) && !isWrittenBefore(container, command, each));
  return path === undefined ? undefined : {
    message: `appends to ${path}, which already has the same lines when it runs again`,
    remedy:
      `write the whole file: new GenerateConfig(${scopeOf(container.pod)}, '${container.name}', `
      + "{ template, path: '…' });",
  };
}

/** Whether a file is made anew before. */
function isWrittenBefore(
  container: Container,
  command: ShellCommand,
  path: string,
): boolean {
  return (
    isRemovedBefore(container, command, path)
    || container.commands.some(each => {
      if (!mayRunBefore(each, command)) return false;
      const written = each.redirects
        .filter(({ operator }) => operator === '>' || operator === '>|')
        .map(({ target }) => target);
      const made = ['cp', 'mv', 'tee', 'touch', 'curl', 'wget', 'sed', 'install'].includes(
        each.name,
      )
        ? each.args
        : [];
      return [...written, ...made].some(({ text, value = text }) => {
        const other = absolute(container, each, value);
        return (
          other === path
          || (other !== undefined
            && ['cp', 'mv'].includes(each.name)
            && path.startsWith(`${other}/`))
        );
      });
    })
  );
}

/** A name with an ending is that of a file, but for `conf.d`. */
const FILE = /[^/]\.(?!d$)[A-Za-z]\w*$/;

function nests(container: Container, command: ShellCommand): Said | undefined {
  if (command.name !== 'cp' || hasOption(command, 'T')) return undefined;
  const [source, target, third] = operands(command);
  const isFolder = hasOption(command, 'rRa', '--recursive', '--archive') && third === undefined;
  if (!isFolder || source === undefined || target === undefined) return undefined;
  if (/(\/\.?|\*)$/.test(source) || target.endsWith('/') || FILE.test(source)) return undefined;
  const path = absolute(container, command, target);
  if (!isBelowMount(container, path) || isMadeBefore(container, command, path)) return undefined;
  return {
    message: `copies ${source} to ${path}; when it runs again that folder is there, and the copy goes into it`,
    remedy:
      `new CopyFromImage(${scopeOf(container.pod)}, '${container.name}', `
      + `{ image: '${container.image ?? '…'}', files: { … }, path: '…' }); or write cp -r ${source}/. ${target}`,
  };
}

function isMadeBefore(container: Container, command: ShellCommand, path: string): boolean {
  return (
    isRemovedBefore(container, command, path)
    || container.commands.some(
      each =>
        mayRunBefore(each, command)
        && each.name === 'mkdir'
        && operands(each).some(
          made => made !== undefined && absolute(container, each, made) === path,
        ),
    )
  );
}
