/**
 * The images that the programs run in: folders that hold a shell as `sh`, the tools of one busybox, and curl. As the
 * root of a container they find the libraries of the system; without root only their `bin` is used.
 */
import { execFileSync } from 'child_process';
import {
  accessSync, constants, copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, rmSync,
  symlinkSync, writeFileSync,
} from 'fs';
import { dirname, join, resolve } from 'path';

export interface Image {
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
  /** The folder where curl looks for its libraries: in a container it is at the same path. */
  readonly libraries: string;
  /** Something in it comes from a release that is still changing. */
  readonly moving?: boolean;
}

/** A shell, and the busybox and curl that go with it; what is undefined is not there. */
export interface Kind {
  readonly name: string;
  readonly shell?: string;
  readonly busybox?: string;
  readonly curl?: string;
  readonly moving?: boolean;
}

/** The others take bytes as they are; yash drops a variable that is no text of its locale. */
const TEXT_IS_UTF_8 = { LC_CTYPE: 'C.UTF-8' };

/** The file of a program, if it is installed. */
export function find(name: string): string | undefined {
  const files = name.includes('/') ? [resolve(name)] : (process.env.PATH ?? '').split(':').map(folder =>
    join(folder, name));
  return files.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** It may be a link: curl looks for its libraries where it was made. */
const LAB = join(__dirname, '../../.cache/lab');

/** The file of what `.ci/lab` makes. */
export function made(name: string): string | undefined {
  return find(join(existsSync(LAB) ? realpathSync(LAB) : LAB, name));
}

const busybox = made('busybox-1.37');
const musl = made('busybox-1.37-musl');
const newer = made('busybox-1.38');
const curl = made('curl-trixie/curl');

/** A proxy of service meshes. */
export const envoy = made('envoy');

/** The first one is the image that steps run in by default. */
const PINNED: readonly Kind[] = [
  { name: 'busybox-1.37', shell: busybox, busybox, curl },
  { name: 'busybox-1.37-musl', shell: musl, busybox: musl, curl },
  { name: 'busybox-1.38', shell: newer, busybox: newer, curl },
  ...['dash', 'bash', 'mksh', 'yash'].map(name => ({ name, shell: find(name), busybox, curl })),
];

const MOVING: readonly Kind[] = [
  { name: 'busybox-1.38-newest-curl', shell: newer, busybox: newer, curl: made('curl-sid/curl'), moving: true },
];

const { LAB_KINDS, LAB_SHELLS } = process.env;

/** What moves runs apart from the rest, so that it fails nobody's change. */
export const KINDS = (LAB_KINDS === 'moving' ? MOVING : PINNED).filter(({ name }) =>
  !LAB_SHELLS || LAB_SHELLS.split(',').includes(name));

/** What a tool of busybox says of itself. */
export function help(applet: string): string {
  return busybox === undefined ? '' : execFileSync(
    busybox,
    ['sh', '-c', '"$0" "$1" --help 2>&1 || :', busybox, applet],
    { encoding: 'utf8' },
  );
}

/** The names of the tools of busybox; none without it. */
export function applets(): string[] {
  return busybox === undefined ? [] : appletsOf(busybox);
}

function appletsOf(file: string): string[] {
  return execFileSync(file, ['--list'], { encoding: 'utf8' }).trim().split('\n');
}

/** Makes the image of a shell in a folder that does not exist yet. */
export function makeImage(folder: string, { name, shell, busybox: tools, curl: client, moving = false }: Kind): Image {
  if (!shell || !tools || !client) throw new Error(`${name} is not there`);
  for (const path of ['bin', 'dev', 'etc/ssl', 'proc', 'usr/lib', 'usr/lib64']) {
    mkdirSync(join(folder, path), {
      recursive: true,
    });
  }
  for (const path of ['lib', 'lib64']) {
    const isLink = existsSync(`/${path}`) && lstatSync(`/${path}`).isSymbolicLink();
    if (isLink) symlinkSync(readlinkSync(`/${path}`), join(folder, path));
  }
  writeFileSync(join(folder, 'etc/resolv.conf'), '');
  writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n');
  copyFileSync(tools, join(folder, 'bin/busybox'));
  for (const applet of appletsOf(tools)) {
    if (applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
  }
  put(folder, 'curl', client);
  const libraries = dirname(client);
  mkdirSync(join(folder, libraries), { recursive: true });
  if (shell !== tools) put(folder, 'sh', shell);
  return { folder, env: name === 'yash' ? TEXT_IS_UTF_8 : {}, libraries, moving };
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

/** A copy of an image in which some tools are scripts; `busybox TOOL` is what they were. */
export function withScripts(scripts: { readonly [tool: string]: string }, image: Image, folder: string): Image {
  const copy = copyOf(image, folder);
  for (const [tool, script] of Object.entries(scripts)) {
    const file = join(folder, 'bin', tool);
    rmSync(file, { force: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return copy;
}

/** A copy of an image that lacks a tool. */
export function without(tool: string, image: Image, folder: string): Image {
  rmSync(join(copyOf(image, folder).folder, 'bin', tool));
  return { ...image, folder };
}
