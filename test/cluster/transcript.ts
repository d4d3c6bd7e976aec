import { execFile, spawn, type ChildProcess } from 'child_process';

/** A command, and what is shown below it. */
export interface Entry {
  readonly command: string;
  readonly shown: string[];
}

/** The commands in the `console` blocks of a text, in their order. */
export function transcriptIn(text: string): Entry[] {
  const blocks = text.matchAll(/^```console\n([^]*?)^```/gm);
  return [...blocks].flatMap(([, block]) => block.split(/^\$ /m).slice(1)).map(entry => {
    const [command, ...shown] = entry.trimEnd().split('\n');
    return { command, shown };
  });
}

/**
 * What is another one in each run: how wide a column is, when it was, how long it took, the end of a pod's name,
 * and how the network says that nobody answers.
 */
const VARYING: ReadonlyArray<[pattern: RegExp, instead: string]> = [
  [/no answer in \d+ s; no ready pods[^(]*|connection refused or no route /g, 'NOBODY '],
  [/\w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000/g, 'TIME'],
  [/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME'],
  [/\b[0-9a-f]{6,10}-[0-9a-z]{5}\b/g, 'POD'],
  [/\b\d+ (s|min)\b/g, 'TIME'],
  [/\b(\d+[smh])+\b/g, 'AGE'],
  [/attempt \d+/g, 'attempt N'],
  [/ +/g, ' '],
];

/** A line of which only the rest remains. */
export function shapeOf(line: string): string {
  return VARYING.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line).trim();
}

/** Whether an output is what is shown, where a line of `…` is any number of lines. */
export function isShown(output: string, shown: readonly string[]): boolean {
  const lines = output.trimEnd().split('\n').map(shapeOf);
  const parts = shown.join('\n').split(/^ *…$/m).map(part => part.trim().split('\n').map(shapeOf).join('\n'));
  const pattern = parts.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
  return new RegExp(`^${pattern}$`).test(lines.join('\n'));
}

/** Milliseconds after which a command is killed. */
const MOST_MS = 30000;

/** Runs commands as they stand in a document, in one folder. */
export class Shell {
  private readonly background: ChildProcess[] = [];

  public constructor(private readonly cwd: string, private readonly env: NodeJS.ProcessEnv) {}

  /** What a command prints to either stream; of one that ends in `&` nothing, and it runs until `end`. */
  public async run(command: string): Promise<string> {
    const options = { cwd: this.cwd, env: this.env };
    if (command.endsWith(' &')) {
      this.background.push(spawn('bash', ['-c', `exec ${command.slice(0, -2)}`], options));
      return '';
    }
    return new Promise(resolve => {
      const limited = { ...options, timeout: MOST_MS };
      execFile('bash', ['-c', command], limited, (_, stdout, stderr) => resolve(stdout + stderr));
    });
  }

  public end(): void {
    this.background.forEach(child => child.kill());
  }
}
