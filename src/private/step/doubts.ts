import type { Doubt } from './step-record';
import { textSource } from './text-source';
import { refuse, type Place } from '../values/refuse';
import { isScriptOfWindows, SCRIPT_OF_WINDOWS } from '../values/script';

/** What a step runs and reads, as far as something may be doubtful about it. */
interface Use {
  readonly command?: string[];
  readonly capabilities?: readonly string[];
  readonly files?: { readonly [path: string]: object };
}

/** What is seldom meant. */
export function doubtsAboutUse(
  { command = [], capabilities = [], files = {} }: Use,
  uid?: number,
): Doubt[] {
  return [
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
