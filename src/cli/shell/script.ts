import {
  forEachChild,
  parse,
  type Command,
  type ParsedScript,
  type ParseError,
  type SyntaxNode,
} from 'unbash';
import { unwrapped, type ShellCommand } from './command';
import { optionsSetBy, readOptions } from './options';
import { wordOf, type ShellWord, type Variables } from './word';
import type { Place } from '../finding';
import type { Manifest } from '../manifests/manifest';

/** Programs that run a text or a file of commands. */
export const SHELLS = ['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh'];

/** What of a container leads to its script. */
export interface Started {
  readonly pod: { readonly manifest: Manifest; readonly namespace?: string };
  readonly argv: readonly { readonly text: string; readonly pointer: string }[];
  readonly mounts: readonly {
    readonly path: string;
    readonly volume: any;
    readonly subPath?: string;
  }[];
  readonly spec: any;
}

/** A shell program of a container. */
export interface Script {
  /** Where it is written: in the container or in a ConfigMap. */
  readonly manifest: Manifest;
  /** JSON pointer to the text in it. */
  readonly pointer: string;
  readonly text: string;
  /** The shell's name, or what starts it: what is process 1. */
  readonly process1: string;
  readonly program: ParsedScript;
  /** Whether it ends at the first command that fails. */
  readonly endsAtFailure: boolean;
  /** Whether a pipe fails if a command fails that is not its last. */
  readonly hasPipefail: boolean;
}

/** What is wrong with a program that cannot be read. */
export interface Unreadable {
  readonly reason: string;
  readonly place: Place;
  /** Whether a shell will say so, too: others than these read another language. */
  readonly isForSure: boolean;
}

/** The shell program that a container runs, and its commands; or the one command that it runs without a shell. */
export function scriptOf(
  container: Started,
  all: readonly Manifest[],
): {
    readonly script?: Script;
    readonly commands: readonly ShellCommand[];
    readonly unreadable?: Unreadable;
  } {
  const words = container.argv.map(({ text }): ShellWord => ({ text, value: text }));
  const { name, args, starters } = unwrapped(words);
  const place = SHELLS.includes(name)
    ? textOf(container, args, all)
    : fileOf(container, words[0]?.text, all);
  if (!place) {
    return {
      commands: [
        {
          ...unwrapped(words),
          redirects: [],
          text: textOfAll(words),
          index: 0,
          around: [],
        },
      ],
    };
  }
  const program = parse(place.text);
  const [error] = program.errors ?? [];
  if (error) return { commands: [], unreadable: unreadableBy(name, place, error) };
  const [, atTop = ''] = /^#!.*? (-.*)/.exec(place.text) ?? [];
  const started = readOptions(args.map(({ text }) => text), readOptions(atTop.split(' ')).options);
  const { errexit, pipefail } = optionsSetBy(program, started.options);
  const script: Script = {
    ...place,
    process1: starters[0] ?? name,
    program,
    endsAtFailure: errexit,
    hasPipefail: pipefail,
  };
  return { script, commands: commandsIn(program, variablesOf(container, program), []) };
}

function unreadableBy(
  shell: string,
  { manifest, pointer }: Pick<Script, 'manifest' | 'pointer'>,
  { message, pos }: ParseError,
): Unreadable {
  return {
    reason: message,
    place: manifest.placeOf(pointer, pos),
    isForSure: ['sh', 'ash', 'dash', 'bash'].includes(shell),
  };
}

function textOfAll(words: readonly ShellWord[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** The text behind `sh -c`, or the file behind `sh`. */
function textOf(container: Started, args: readonly ShellWord[], all: readonly Manifest[]) {
  const { hasText, behind } = readOptions(args.map(({ text }) => text));
  if (!hasText) {
    return fileOf(container, args.find(({ text }) => text.startsWith('/'))?.text, all);
  }
  const argument = container.argv[container.argv.length - args.length + behind];
  return argument && { manifest: container.pod.manifest, ...argument };
}

/** A file of a ConfigMap that is among the manifests. */
function fileOf(
  { pod, mounts }: Started,
  path: string | undefined,
  all: readonly Manifest[],
) {
  const mount = mounts.find(
    each => path === each.path || path?.startsWith(`${each.path}/`),
  );
  if (!path || !mount?.volume.configMap) return undefined;
  const { name, items } = mount.volume.configMap;
  const file = path === mount.path ? mount.subPath : path.slice(mount.path.length + 1);
  const item = Array.isArray(items) ? items.find(each => each?.path === file) : undefined;
  const key = item?.key ?? file;
  const manifest = all.find(
    ({ object: { kind, metadata } }) =>
      kind === 'ConfigMap'
      && metadata?.name === name
      && metadata?.namespace === pod.namespace,
  );
  const text = manifest?.object.data?.[key];
  if (!manifest || typeof text !== 'string' || !/^(#!.*sh\b|[^#]|#[^!])/.test(text)) {
    return undefined;
  }
  return { manifest, pointer: `/data/${key}`, text };
}

/** What stands in these may not run: whether a variable has the value then is not known. */
const CONDITIONAL = ['If', 'Elif', 'Case', 'AndOr', 'While', 'For', 'Select', 'Function'];

/** Variables of the container with a value in the manifest, and those that the program surely sets, and once. */
function variablesOf({ spec }: Started, program: ParsedScript): Variables {
  const set = new Map<string, (string | undefined)[]>();
  const collect = (node: SyntaxNode, isSure: boolean): void => {
    if (node.type === 'Assignment') {
      const value =
        isSure && node.value.type === 'Word' && !node.append
          ? wordOf(node.value, () => undefined).value
          : undefined;
      set.set(node.name, [...(set.get(node.name) ?? []), value]);
    }
    if (node.type === 'For' || node.type === 'Select') set.set(node.name.text, [undefined]);
    if (node.type === 'Command' && node.name?.value === 'read') {
      node.args.forEach(({ text }) => set.set(text, [undefined]));
    }
    forEachChild(node, child => collect(child, isSure && !CONDITIONAL.includes(node.type)));
  };
  collect(program, true);
  const env: any[] = Array.isArray(spec.env) ? spec.env : [];
  return name => {
    const values = set.get(name);
    if (values) return values.length === 1 ? values[0] : undefined;
    const value = env.find(each => each?.name === name)?.value;
    return typeof value === 'string' && !value.includes('$(') ? value : undefined;
  };
}

/** Every command of a program, also those in substitutions, functions, and texts behind `sh -c`. */
function commandsIn(
  node: SyntaxNode,
  variables: Variables,
  around: readonly SyntaxNode[],
): ShellCommand[] {
  const inside = [...around, node];
  const below: ShellCommand[] = [];
  if (node.type === 'Command' && (node.name || node.redirects.length > 0)) {
    const command = commandOf(node, variables, inside);
    below.push(command, ...withinText(command, variables));
  }
  forEachChild(node, child => below.push(...commandsIn(child, variables, inside)));
  return below;
}

function commandOf(
  node: Command,
  variables: Variables,
  around: readonly SyntaxNode[],
): ShellCommand {
  const words = [...(node.name ? [node.name] : []), ...node.args].map(word => wordOf(word, variables));
  const redirects = [
    ...around.flatMap(each => (each.type === 'Redirected' ? each.redirects : [])),
    ...node.redirects,
  ];
  return {
    ...unwrapped(words),
    redirects: redirects.flatMap(each =>
      each.type === 'Redirect' && each.target
        ? [{ operator: each.operator, target: wordOf(each.target, variables) }]
        : [],
    ),
    text: textOfAll(words),
    index: node.pos,
    around,
  };
}

/** The commands of `sh -c '…'` in a program. */
function withinText(command: ShellCommand, variables: Variables): ShellCommand[] {
  if (!SHELLS.includes(command.name)) return [];
  const { hasText, behind } = readOptions(command.args.map(each => each.text));
  const text = hasText ? command.args[behind]?.value : undefined;
  if (text === undefined) return [];
  const program = parse(text);
  if (program.errors?.length) return [];
  return commandsIn(program, variables, command.around).map(each => ({
    ...each,
    index: command.index,
    starters: [...command.starters, ...each.starters],
  }));
}
