/**
 * The images that the programs run in: folders that hold a shell as `sh`, the tools of one busybox, and curl. As the root of a container they
 * find the libraries of the system; without root only their `bin` is used.
 */
import { execFileSync } from 'child_process';
import { accessSync, constants, copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

export interface Image {
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
}

/** A shell that may be there, and the busybox whose tools go with it. */
export interface Kind {
  readonly name: string;
  readonly shell?: string;
  readonly busybox?: string;
}

const NEEDED = ['ash', 'awk', 'cat', 'chmod', 'cmp', 'cut', 'date', 'env', 'fsync', 'id', 'mv', 'nc', 'printf', 'rm', 'sh', 'sha256sum', 'sleep', 'timeout', 'wc'];

/** The others take bytes as they are; yash drops a variable that is no text of its locale. */
const TEXT_IS_UTF_8 = { LC_CTYPE: 'C.UTF-8' };

/** The file of a program, if it is installed. */
export function find(name: string): string | undefined {
  const files = name.includes('/') ? [resolve(name)] : (process.env.PATH ?? '').split(':').map(folder => join(folder, name));
  return files.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const busybox = find(process.env.BUSYBOX || 'busybox');
const muslBusybox = find(process.env.BUSYBOX_MUSL || 'busybox-musl');
const curl = find('curl');

export const KINDS: readonly Kind[] = [
  { name: 'busybox', shell: busybox, busybox },
  { name: 'busybox-musl', shell: muslBusybox, busybox: muslBusybox },
  ...['dash', 'bash', 'mksh', 'yash'].map(name => ({ name, shell: find(name), busybox })),
];

/** What stands in the way of making any image. */
export function missingTool(): string | undefined {
  if (curl === undefined) return 'curl';
  if (busybox === undefined) return 'busybox';
  const applet = NEEDED.find(each => !appletsOf(busybox).includes(each));
  if (applet !== undefined) return `a busybox with ${applet}`;
  return /\s-z\s/.test(help('nc')) ? undefined : 'a busybox with nc -z';
}

/** What a tool of busybox says of itself. */
export function help(applet: string): string {
  return busybox === undefined ? '' : execFileSync(busybox, ['sh', '-c', '"$0" "$1" --help 2>&1 || :', busybox, applet], { encoding: 'utf8' });
}

function appletsOf(file: string): string[] {
  return execFileSync(file, ['--list'], { encoding: 'utf8' }).trim().split('\n');
}

/** Makes the image of a shell in a folder that does not exist yet. */
export function makeImage(folder: string, { name, shell, busybox: tools }: Required<Kind>): Image {
  for (const path of ['bin', 'dev', 'etc/ssl', 'proc', 'usr/lib', 'usr/lib64']) mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['lib', 'lib64']) {
    if (existsSync(`/${path}`) && lstatSync(`/${path}`).isSymbolicLink()) symlinkSync(readlinkSync(`/${path}`), join(folder, path));
  }
  writeFileSync(join(folder, 'etc/resolv.conf'), '');
  writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n');
  copyFileSync(tools, join(folder, 'bin/busybox'));
  for (const applet of appletsOf(tools)) {
    if (applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
  }
  put(folder, 'curl', curl!);
  if (shell !== tools) put(folder, 'sh', shell);
  return { folder, env: name === 'yash' ? TEXT_IS_UTF_8 : {} };
}

/** Puts a program into an image, in the place of any other of its name. */
export function put(folder: string, name: string, file: string): void {
  rmSync(join(folder, 'bin', name), { force: true });
  copyFileSync(file, join(folder, 'bin', name));
}

/** A copy of an image, to be changed. */
export function copyOf(image: Image, folder: string): Image {
  cpSync(image.folder, folder, { recursive: true, verbatimSymlinks: true });
  return { ...image, folder };
}

/** A copy of an image that lacks a tool. */
export function without(tool: string, image: Image, folder: string): Image {
  rmSync(join(copyOf(image, folder).folder, 'bin', tool));
  return { ...image, folder };
}
