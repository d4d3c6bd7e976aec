import { knownImage } from './images';
import type { Hit, Rule } from './rule';
import { handWritten, type Container } from '../manifests/pods';

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
  find: manifests => handWritten(manifests).flatMap(missingIn),
};

function missingIn(container: Container): Hit[] {
  const lacks = knownImage(container.image)?.lacks ?? [];
  const { commands } = container;
  const installs = commands.some(
    ({ name }) => INSTALLERS.includes(name) && !lacks.includes(name),
  );
  const brings = (program: string) =>
    commands.some(
      ({ name, args }) =>
        name !== program
        && args.some(({ text }) => new RegExp(`(^|[/=])${program}$`).test(text)),
    );
  const missing = commands.filter(
    ({ name, around }) =>
      lacks.includes(name)
      && !around.some(node => node.type === 'Function' && node.name.text === name)
      && !brings(name),
  );
  const [command] = missing;
  if (!command || installs) return [];
  return [
    {
      container,
      pod: container.pod,
      command,
      message: `runs '${command.name}', which the image ${container.image} does not have`,
      remedy: remedyFor(command.name),
    },
  ];
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
