/** Starts a container: in the lab as the kubelet does it, elsewhere as a process whose volumes are below a folder. */
import { chmodSync, mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { expand } from './expand';
import type { Image } from './images';

/** A key of a Secret, or a field of the pod. */
interface ValueFrom {
  readonly secretKeyRef?: { readonly key: string };
  readonly fieldRef?: { readonly fieldPath: string };
}

/** What the tests know of the pod. */
const FIELDS: { readonly [path: string]: string } = {
  'metadata.uid': '11111111-1111-4111-8111-111111111111',
  'metadata.namespace': 'shop',
};

/** What a manifest says of a container. */
export interface Container {
  readonly command: string[];
  readonly args?: string[];
  readonly env?: { name: string; value?: string; valueFrom?: ValueFrom }[];
  readonly volumeMounts?: { mountPath: string; subPath?: string; readOnly?: boolean }[];
  readonly securityContext?: { runAsUser?: number; runAsGroup?: number; capabilities?: { add?: string[] } };
}

export interface Start {
  readonly file: string;
  readonly args: string[];
  readonly env: { [name: string]: string };
}

/** What a container finds around it in the lab. */
export interface Node {
  /** The address of the name server, by default one where nobody answers. */
  readonly nameserver?: string;
  /** The domains in which names are looked up, by default those of a cluster. */
  readonly search?: readonly string[];
  /** Files of control groups that it joins. */
  readonly cgroups?: string[];
}

/** Whether containers can be made: `enter` has made a network for them. */
export const inLab = process.env.LAB === '1';

/** The variables as the kubelet makes them: each may refer to those before it. */
export function environment(container: Container, secrets: { [key: string]: string }): { [name: string]: string } {
  const env: { [name: string]: string } = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    const text = valueFrom ? given(valueFrom, secrets) : expand(value ?? '', env);
    if (text !== undefined) env[name] = text;
  }
  return env;
}

function given({ secretKeyRef, fieldRef }: ValueFrom, secrets: { [key: string]: string }): string | undefined {
  return secretKeyRef ? secrets[secretKeyRef.key] : FIELDS[fieldRef!.fieldPath];
}

/** A folder that a container has from outside. */
interface Folder {
  readonly path: string;
  readonly readOnly?: boolean;
}

/** What is mounted: of a single file its folder. The image has more in /etc. */
export function foldersOf({ volumeMounts = [] }: Container): Folder[] {
  const besideEtc = volumeMounts.filter(({ mountPath }) => dirname(mountPath) !== '/etc');
  const folders = besideEtc.map(({ mountPath, subPath, readOnly }) =>
    ({ path: subPath === undefined ? mountPath : dirname(mountPath), readOnly }));
  return [...new Map(folders.map(folder => [folder.path, folder])).values()];
}

/** Files that take the place of those of the image. */
function filesOf({ volumeMounts = [] }: Container): Folder[] {
  return volumeMounts.filter(({ mountPath }) => dirname(mountPath) === '/etc').map(({ mountPath }) =>
    ({ path: mountPath, readOnly: true }));
}

interface Process {
  readonly program: string[];
  readonly env: { [name: string]: string };
  readonly mounts: readonly Folder[];
  /** Files that are mounted. */
  readonly files: readonly Folder[];
  /** Who it runs as, in the words of container.sh. */
  readonly rights: { readonly IDENTITY: string; readonly CAPABILITIES: string };
  readonly image: Image;
  /** Where the volumes are. */
  readonly folder: string;
}

/** How to start it with the volumes in `folder`, at their paths in the container. */
export function startOf(
  container: Container, env: { [name: string]: string }, image: Image, folder: string, node: Node,
): Start {
  const program = [...container.command, ...container.args ?? []].map(text => expand(text, env));
  const [mounts, files] = [foldersOf(container), filesOf(container)];
  const process = { program, env, mounts, files, rights: rightsOf(container), image, folder };
  return inLab ? contained(process, node) : besides(process);
}

function rightsOf({ securityContext = {} }: Container): Process['rights'] {
  const { runAsUser = 65534, runAsGroup = 65534, capabilities: { add = [] } = {} } = securityContext;
  return { IDENTITY: `${runAsUser}:${runAsGroup}`, CAPABILITIES: add.map(name => `,+${name.toLowerCase()}`).join('') };
}

const CONTAINER = join(__dirname, 'container.sh');

const SEARCH = ['test.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

function contained(process: Process, { nameserver = '127.0.0.1', search = SEARCH, cgroups = [] }: Node): Start {
  const { program, env, mounts, files, rights, image, folder } = process;
  writeFileSync(join(folder, 'termination-log'), '');
  chmodSync(join(folder, 'termination-log'), 0o666);
  writeFileSync(
    join(folder, 'resolv.conf'),
    `search ${search.join(' ')}\nnameserver ${nameserver}\noptions ndots:5\n`,
  );
  for (const { path } of mounts) mkdirSync(image.folder + path, { recursive: true });
  const paths = [...mounts, ...files].map(({ path, readOnly }) => (readOnly ? `${path}:ro` : path));
  const variables = Object.entries({ PATH: '/bin', ...env, ...image.env }).map(([name, value]) => `${name}=${value}`);
  return {
    file: 'unshare',
    args: [
      '--mount', '--pid', '--fork', '--kill-child', CONTAINER, folder, image.folder, ...paths, '--', ...variables,
      ...program,
    ],
    env: { PATH: globalThis.process.env.PATH!, CGROUPS: cgroups.join(' '), LIBRARIES: image.libraries, ...rights },
  };
}

const PATHS = ['HOME', 'SSL_CERT_FILE'];

/** All that stands for the container is the shell, its tools and the folder. */
function besides({ program, env, mounts, image, folder }: Process): Start {
  const inVolume = (path: string) => mounts.some(mount => `${path}/`.startsWith(`${mount.path}/`));
  const isPath = (name: string) => PATHS.includes(name) || name.startsWith('step_');
  const moved = Object.entries(env).map(([name, value]) => {
    if (name === 'step_endpoints') return [name, value.replaceAll('ca=/', `ca=${folder}/`)];
    return [name, isPath(name) && inVolume(value) ? folder + value : value];
  });
  // The only text of a program that is replaced: nobody wants its messages in the machine's /dev.
  const log = join(folder, 'termination-log');
  const [file, ...args] = program.map((text, index) =>
    (index === 2 && program[1] === '-c' ? text.replaceAll('/dev/termination-log', log) : text));
  return { file, args, env: { PATH: join(image.folder, 'bin'), ...Object.fromEntries(moved), ...image.env } };
}
