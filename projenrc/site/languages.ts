import { exists, read } from './pages';
import { dedent } from './yaml';

/** The languages in which examples are run by `npm run test:languages`. */
export const LANGUAGES = ['TypeScript', 'Python', 'Java', 'Go'] as const;
export type Language = typeof LANGUAGES[number];

/** The same code in several languages. */
export type Code = ReadonlyMap<Language, string>;

/** A step that TypeScript makes: `new WaitForService(web, 'wait-for-db', …)`. */
interface Made {
  readonly type: string;
  readonly scope: string;
  readonly id: string;
}

const HIGHLIGHTED: Record<Language, string> = { TypeScript: 'ts', Python: 'python', Java: 'java', Go: 'go' };
export const highlighting = (language: Language) => HIGHLIGHTED[language];

const camelCase = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The program of an example in each language that it is written in. */
export function programsOf(example: string): Code {
  const files: [Language, string][] = [
    ['TypeScript', `examples/${example}.ts`],
    ['Python', `examples/python/${example.replaceAll('-', '_')}.py`],
    ['Java', `examples/java/src/main/java/${camelCase(example)}.java`],
    ['Go', `examples/go/${example}/main.go`],
  ];
  return new Map(files.filter(([, file]) => exists(file)).map(([language, file]) => [language, read(file)]));
}

export function madeIn(code: string): Made[] {
  return [...code.matchAll(/^new (\w+)\((\w+), '([^']+)'/gm)].map(([, type, scope, id]) => ({ type, scope, id }));
}

/** How a statement begins that makes a step. */
const BEGINNINGS: Record<Exclude<Language, 'TypeScript'>, (made: Made) => string> = {
  Python: ({ type, scope, id }) => `^${type}\\(\\s*${scope},\\s*"${id}"`,
  Java: ({ type, scope, id }) => `^ *(?:${type}\\.Builder\\.create|new ${type})\\(${scope}, "${id}"`,
  Go: ({ type, scope, id }) => `^\\t*(?:ic\\.)?New${type}\\(${scope}, (?:jsii\\.String\\()?"${id}"`,
};

/** The same steps in each language, as far as all of them are found there. */
export function stepsIn(programs: Code, typeScript: string): Code {
  const made = madeIn(typeScript);
  const others = [...programs].flatMap(([language, program]): [Language, string][] => {
    if (language === 'TypeScript') return [];
    const statements = made.map(each => statement(program, BEGINNINGS[language](each)));
    return statements.includes(undefined) || made.length === 0 ? [] : [[language, statements.join('')]];
  });
  return new Map([['TypeScript', typeScript], ...others]);
}

/** A statement, up to the end of the line on which its last bracket is closed. */
function statement(program: string, beginning: string): string | undefined {
  const start = new RegExp(beginning, 'm').exec(program)?.index;
  if (start === undefined) return undefined;
  const lines = program.slice(start).split('\n');
  for (let length = 1, open = 0; length <= lines.length; length++) {
    open += brackets(lines[length - 1]);
    const goesOn = /^\s*\./.test(lines[length] ?? '');
    if (open === 0 && !goesOn) return `${dedent(lines.slice(0, length).join('\n'))}\n`;
  }
  return undefined;
}

/** How many brackets a line opens, less those that it closes; those in texts do not count. */
function brackets(line: string): number {
  const code = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '');
  return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
}
