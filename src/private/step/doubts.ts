import type { ContainerProps } from 'cdk8s-plus-28';
import type { Env } from './env';
import { referencesIn } from './escape-for-kubelet';
import type { Doubt } from './step-record';
import { textSource } from './text-source';
import { refuse, type Place } from '../values/refuse';
import { isScriptOfWindows, SCRIPT_OF_WINDOWS } from '../values/script';
import { isSlip } from '../values/slips';

/** What a step runs and reads, as far as something may be doubtful about it. */
interface Use {
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: Env;
  readonly expandVariables?: boolean;
  readonly capabilities?: readonly string[];
  readonly files?: { readonly [path: string]: object };
}

/** What is seldom meant. */
export function doubtsAboutUse(use: Use, container: ContainerProps): Doubt[] {
  const { command = [], capabilities = [], files = {} } = use;
  const uid = container.securityContext?.user;
  return [
    ...doubtsAboutReferences(use, container),
    ...runsOneText(command),
    ...runsText(command, files),
    ...readsScriptOfWindows(files),
    ...uid === 0 && capabilities.length === 0 ? [{
      message: 'runs as user 0, who has no capabilities here and may not even change an owner',
      remedy: 'give the pod an fsGroup, or the volume a PrepareVolume, so that the app may use what the step writes',
    }] : [],
  ];
}

/** What a step says of itself. */
export function checkedDoubts(
  place: Place,
  doubts: readonly Doubt[] = [],
): readonly Doubt[] {
  const wrong = doubts.flatMap(({ message, remedy }) => [message, remedy])
    .find(text => text.trim() === '' || /[\r\n]/.test(text));
  if (wrong !== undefined) refuse(place, 'warnings', 'have texts of one line', wrong);
  return doubts;
}

/** What Kubernetes would make of `$(NAME)`, and what is meant by it. */
function doubtsAboutReferences(
  { command = [], args = [], env = {}, expandVariables }: Use,
  { envVariables = {}, envFrom = [] }: ContainerProps,
): Doubt[] {
  const texts = [...command, ...args, ...Object.values(env).map(({ value }) => value)];
  const names = [...new Set(texts.flatMap(text => (typeof text === 'string' ? referencesIn(text) : [])))];
  const [known, unknown] = [true, false].map(is => names.filter(name => name in envVariables === is));
  if (!expandVariables) {
    return known.map(name => ({
      message: `passes on $(${name}) as it is written, although it has a variable of that name`,
      remedy: 'read the variable in the program, or, in an InitStep, let Kubernetes replace it: expandVariables: true',
    }));
  }
  const lacking = envFrom.length > 0 ? [] : unknown.filter(name => !OF_SERVICE.test(name));
  return lacking.map(name => {
    const meant = Object.keys(envVariables).find(each => isSlip(name, each));
    return {
      message: `refers to $(${name}), which is none of its variables, so that it stays as it is written`,
      remedy: meant === undefined ? `add it to env, or write $$(${name}) for the text` : `did you mean ${meant}?`,
    };
  });
}

/** Variables that the kubelet makes of the Services of a namespace. */
const OF_SERVICE = /_SERVICE_(HOST|PORT)/;

function runsOneText(command: string[]): Doubt[] {
  const [program] = command;
  if (command.length !== 1 || !program.trim().includes(' ')) return [];
  return [{
    message: `runs one program whose name is "${program}"`,
    remedy: 'write each argument as a text of its own, or run a shell: [\'sh\', \'-c\', ...]',
  }];
}

/** A text without an interpreter cannot be run as it is, nor can one of a ConfigMap, which nobody may run. */
function runsText(
  [program]: string[],
  files: { readonly [path: string]: object },
): Doubt[] {
  if (program === undefined || !Object.hasOwn(files, program)) return [];
  const source = textSource.required(files[program]);
  const mayRun = source.text === undefined ? source.file?.directory : source.text.startsWith('#!');
  if (mayRun) return [];
  return [{
    message: `runs ${program}, a file that is not executable`,
    remedy: `name its interpreter: ['sh', '${program}'], or give its text here, with #! at its beginning`,
  }];
}

function readsScriptOfWindows(files: { readonly [path: string]: object }): Doubt[] {
  const { message, remedy } = SCRIPT_OF_WINDOWS;
  return Object.keys(files)
    .filter(path => isScriptOfWindows(textSource.required(files[path]).text ?? '', path))
    .map(path => ({ message: `reads ${path}, ${message}`, remedy }));
}
