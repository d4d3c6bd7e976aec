/** How a container is started: in the lab as the kubelet does it, elsewhere as a process whose volumes are below a folder. */
import { chmodSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { expand } from './expand';
import type { Image } from './images';

/** What a manifest says of a container. */
export interface Container {
  readonly command: string[];
  readonly args?: string[];
  readonly env?: { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
  readonly volumeMounts?: { mountPath: string; readOnly?: boolean }[];
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
  /** Files of control groups that it joins. */
  readonly cgroups?: string[];
}

/** Whether containers can be made: `enter` has made a network for them. */
export const inLab = process.env.LAB === '1';

/** The variables as the kubelet makes them: each may refer to those before it. */
export function environment(container: Container, secrets: { [key: string]: string }): { [name: string]: string } {
  const env: { [name: string]: string } = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    const text = valueFrom ? secrets[valueFrom.secretKeyRef.key] : expand(value ?? '', env);
    if (text !== undefined) env[name] = text;
  }
  return env;
}

/** How to start it with the volumes in `folder`, at their paths in the container. */
export function startOf(container: Container, env: { [name: string]: string }, image: Image, folder: string, { nameserver = '127.0.0.1', cgroups = [] }: Node): Start {
  const program = [...container.command, ...container.args ?? []].map(text => expand(text, env));
  return inLab ? contained(program, env, container, image, folder, nameserver, cgroups) : besides(program, env, container, image, folder);
}

const CONTAINER = join(__dirname, 'container.sh');

function contained(program: string[], env: { [name: string]: string }, { volumeMounts = [] }: Container, image: Image, folder: string, nameserver: string, cgroups: string[]): Start {
  writeFileSync(join(folder, 'termination-log'), '');
  chmodSync(join(folder, 'termination-log'), 0o666);
  writeFileSync(join(folder, 'resolv.conf'), `search test.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${nameserver}\noptions ndots:5\n`);
  for (const { mountPath } of volumeMounts) mkdirSync(image.folder + mountPath, { recursive: true });
  const mounts = volumeMounts.map(({ mountPath, readOnly }) => (readOnly ? `${mountPath}:ro` : mountPath));
  const variables = Object.entries({ PATH: '/bin', ...env, ...image.env }).map(([name, value]) => `${name}=${value}`);
  return {
    file: 'unshare',
    args: ['--mount', '--pid', '--fork', '--kill-child', CONTAINER, folder, image.folder, ...mounts, '--', ...variables, ...program],
    env: { PATH: process.env.PATH!, CGROUPS: cgroups.join(' ') },
  };
}

/** All that stands for the container is the shell, its tools and the folder. */
function besides(program: string[], env: { [name: string]: string }, { volumeMounts = [] }: Container, image: Image, folder: string): Start {
  const inVolume = (path: string) => volumeMounts.some(({ mountPath }) => `${path}/`.startsWith(`${mountPath}/`));
  const isPath = (name: string) => name === 'DESTINATION' || name === 'HOME' || name.endsWith('_FILE');
  const moved = Object.entries(env).map(([name, value]) => [name, isPath(name) && inVolume(value) ? folder + value : value]);
  // The only text of a program that is replaced: nobody wants its messages in the machine's /dev.
  const [file, ...args] = program.map((text, index) => (index === 2 && program[1] === '-c' ? text.replaceAll('/dev/termination-log', join(folder, 'termination-log')) : text));
  return { file, args, env: { PATH: join(image.folder, 'bin'), ...Object.fromEntries(moved), ...image.env } };
}
