import { knownImage } from './images';
import { firstCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';

const INSTALLERS = [
  'apk',
  'apt-get',
  'apt',
  'yum',
  'dnf',
  'microdnf',
  'pip',
  'pip3',
  'npm',
];

/** A program that a well-known image lacks. */
export const missingProgram: Rule = {
  name: 'missing-program',
  severity: 'error',
  reason:
    'The shell says "not found" and the step fails, or, in the condition of a loop, is '
    + 'tried for ever.',
  fires: `
- name: download-config
  image: busybox:1.37
  command: [sh, -c, 'curl -fsS -o /config/app.json http://config-service/config']
`,
  silent: `
- name: download-config
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsS -o /config/app.json http://config-service/config']
`,
  find: firstCommand((command, container) =>
    isMissing(command, container)
      ? {
        message: `runs '${command.name}', which the image ${container.image} does not have`,
        remedy: remedyFor(command.name),
      }
      : undefined),
};

function isMissing({ name }: ShellCommand, { image, commands }: Container): boolean {
  const lacks = knownImage(image)?.lacks ?? [];
  if (!lacks.includes(name)) return false;
  const installs = commands.some(each => INSTALLERS.includes(each.name) && !lacks.includes(each.name));
  return !installs && !commands.some(each => bringsProgram(each, name));
}

/** Whether a command defines a function of that name, or puts a program there. */
function bringsProgram({ name, args, around }: ShellCommand, program: string): boolean {
  if (around.some(node => node.type === 'Function' && node.name.text === program)) return true;
  return name !== program && args.some(({ text }) => new RegExp(`(^|[/=])${program}$`).test(text));
}

function remedyFor(program: string): string {
  switch (program) {
    case 'curl':
    case 'wget':
      return 'use DownloadConfig, or WaitForService with Endpoint.http(…), which bring an image that has it';
    case 'git':
      return 'use CloneRepository, which brings an image that has it';
    case 'psql':
    case 'pg_isready':
    case 'mysql':
    case 'mysqladmin':
    case 'redis-cli':
      return 'use Endpoint.tcp(…, { appProtocol: … }) of WaitForService, which speaks the protocol itself';
    default:
      return 'take an image that has it, pinned by tag and digest';
  }
}
