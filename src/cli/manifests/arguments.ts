import { listOf } from '../../private/values/lists';

/** A text of the command of a container, as the container gets it, and where it is written. */
export interface Argument {
  readonly text: string;
  /** JSON pointer. */
  readonly pointer: string;
  /** Where a character of the text is in what is written. */
  writtenAt(index: number): number;
}

/** Command and arguments of a container, in which Kubernetes has replaced `$(NAME)` and halved `$$`. */
export function argumentsOf(spec: any, pointer: string): Argument[] {
  const environment = environmentOf(spec);
  return ['command', 'args'].flatMap(list =>
    listOf(spec[list]).map((written, index) => ({
      ...expand(String(written), environment),
      pointer: `${pointer}/${list}/${index}`,
    })),
  );
}

/** The variables of a container whose values stand in the manifest. */
export function environmentOf(spec: any): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const each of listOf(spec.env)) {
    if (typeof each?.value === 'string') known.set(each.name, expand(each.value, known).text);
    else known.delete(each?.name);
  }
  return known;
}

/** `$$`, or `$(NAME)`: what is in the parentheses, whatever it is, ends at the first one that closes. */
const REFERENCE = /\$\$|\$\(([^)]*)\)/g;

function expand(written: string, environment: ReadonlyMap<string, string>): Omit<Argument, 'pointer'> {
  /** Each replacement: where it ends in the text, and in what is written. */
  const ends: { readonly inText: number; readonly inWritten: number }[] = [];
  let shift = 0;
  const text = written.replace(REFERENCE, (reference, name: string | undefined, start: number) => {
    const value = name === undefined ? '$' : environment.get(name) ?? reference;
    shift += value.length - reference.length;
    const end = start + reference.length;
    ends.push({ inText: end + shift, inWritten: end });
    return value;
  });
  return {
    text,
    writtenAt: index => {
      const last = ends.filter(({ inText }) => inText <= index).at(-1) ?? { inText: 0, inWritten: 0 };
      return last.inWritten + index - last.inText;
    },
  };
}
