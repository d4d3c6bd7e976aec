import { knownImage } from './images';
import { mountAround } from './on-volumes';
import { eachContainer, firstCommand, type Rule, type Said } from './rule';
import { listOf } from '../../private/values/lists';
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
  find: manifests => [...ofStart(manifests), ...ofCommands(manifests)],
};

/** What a container is started with: a shell, or what only a shell could read. */
const ofStart = eachContainer((container): Said[] => {
  const [first] = container.argv;
  if (!first || container.commands.length === 0) return [];
  const said = withoutShell(container, first.text) ?? withMissingShell(container, first.text);
  return said ? [{ at: '/command/0', ...said }] : [];
});

const ofCommands = firstCommand((command, container) =>
  isMissing(command, container)
    ? {
      message: `runs '${command.name}', which the image ${container.image} does not have`,
      remedy: remedyFor(command.name),
    }
    : undefined);

/** Words with which a command of a shell begins, and that are no programs. */
const SHELL_WORDS = /^(until|while|for|if|case|set|source|export|exec|eval|!|\{)$/;

function withoutShell({ name }: Container, first: string): Omit<Said, 'at'> | undefined {
  if (!SHELL_WORDS.test(first) && !/^[\w./-]+\s/.test(first)) return undefined;
  return {
    message: `starts a program of the name '${first.replace(/\s.*/s, ' …')}', which no image has: no shell reads it`,
    remedy:
      `write command: [sh, -c, '…'] around the whole line, or let a step do what '${name}' does`,
  };
}

function withMissingShell(container: Container, first: string): Omit<Said, 'at'> | undefined {
  const { image, script } = container;
  const name = first.replace(/^.*\//, '');
  const isShell = script !== undefined && script.process1 === name;
  if (!isShell || mountAround(container, first) || !knownImage(image)?.lacks.includes(name)) return undefined;
  return {
    message: `starts '${name}', which the image ${image} does not have`,
    remedy:
      name === 'bash'
        ? "write 'sh', if the program needs nothing of bash, or take an image that has it"
        : 'take an image that has a shell, or start the program that the image has, without one',
  };
}

function isMissing({ name }: ShellCommand, container: Container): boolean {
  const { image, commands, argv, script } = container;
  if (!script && argv[0] && mountAround(container, argv[0].text)) return false;
  const lacks = knownImage(image)?.lacks ?? [];
  if (!lacks.includes(name) || hasPathOnVolume(container)) return false;
  const installs = commands.some(each => INSTALLERS.includes(each.name) && !lacks.includes(each.name));
  return !installs && !commands.some(each => bringsProgram(each, name));
}

/** Whether PATH names a folder of a volume, where any program may be. */
function hasPathOnVolume(container: Container): boolean {
  const { spec, script } = container;
  const paths = [
    ...listOf(spec.env).filter(each => each?.name === 'PATH').map(each => String(each.value)),
    ...[...(script?.text ?? '').matchAll(/\bPATH=(\S+)/g)].map(([, path]) => path),
  ];
  return paths
    .flatMap(path => path.replace(/["';]/g, '').split(':'))
    .some(folder => mountAround(container, folder));
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
    case 'envsubst':
      return 'use GenerateConfig, which fills variables in by itself';
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
