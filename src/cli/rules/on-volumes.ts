import { mountOf, type Mount } from '../manifests/mounts';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { mayRunBefore } from '../shell/context';

/** The mount of a container that a path is in. What is not in one is gone when the container starts again. */
export function mountAround({ mounts }: Container, path: string): Mount | undefined {
  return mountOf(mounts, path);
}

/** Where the app finds what a container writes: the same file of the same volume. */
export function inApp(container: Container, path: string): string {
  const mount = mountAround(container, path);
  const apps = container.pod.containers.flatMap(({ mounts }) => mounts);
  const same = apps.find(
    ({ volume, subPath }) =>
      mount && volume.name === mount.volume.name && subPath === undefined,
  );
  return mount && same && mount.subPath === undefined
    ? `${same.path}${path.slice(mount.path.length)}`
    : path;
}

/** Where a path leads to: from the folder that the program was in last, if it does not say so itself. */
export function absolute(
  container: Container,
  command: ShellCommand,
  path: string,
): string | undefined {
  if (path.startsWith('/')) return clean(path);
  const changes = container.commands.filter(
    ({ name, index }) => ['cd', 'pushd'].includes(name) && index < command.index,
  );
  const folder =
    changes.length > 0 ? changes.at(-1)!.args[0]?.value : container.spec.workingDir;
  return String(folder ?? '').startsWith('/') ? clean(`${folder}/${path}`) : undefined;
}

/** Whether a path is on a volume, but not the root of it, which is there already. */
export function isBelowMount(
  container: Container,
  path: string | undefined,
): path is string {
  const mount = path === undefined ? undefined : mountAround(container, path);
  return mount !== undefined && mount.path !== path;
}

/** Whether something at a path was removed before a command. */
export function isRemovedBefore(
  container: Container,
  command: ShellCommand,
  path: string,
): boolean {
  return container.commands.some(
    each =>
      mayRunBefore(each, command)
      && (each.name === 'rm' || each.name === 'find' || each.name === 'mv')
      && each.args.some(({ text, value }) => {
        const removed = absolute(
          container,
          each,
          (value ?? text).replace(/\/?(\*|\{,\.\})*$/, ''),
        );
        return (
          removed !== undefined
          && removed !== ''
          && (path === removed || path.startsWith(`${removed}/`))
        );
      }),
  );
}

function clean(path: string): string {
  return path
    .replace(/\/(\.\/|\.$)/g, '/')
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
}
