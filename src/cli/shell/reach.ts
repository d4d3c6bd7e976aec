import type { SyntaxNode } from 'unbash';
import type { ShellCommand } from './command';
import { hasTest, repetitionAround } from './context';

/** Whether a program gets to a command, and goes no further before it has ended. */
export type Reach =
  | 'always'
  /** Only if something is found out before it: the number of the pod, say. */
  | 'sometimes'
  /** Nothing calls its function, or it runs in the background and nothing waits for its end. */
  | 'never';

/** Whether a program gets to a command, and goes no further before it has ended. */
export function reachOf(command: ShellCommand, commands: readonly ShellCommand[]): Reach {
  const isAwaited = commands.some(({ name }) => name === 'wait');
  const places = placesOf(command, commands)
    .filter(({ around }) => isAwaited || !around.some(node => node.type === 'Statement' && node.background));
  if (places.length === 0) return 'never';
  const isGuarded = mayBeSkipped(command, commands) || places.every(each => mayBeSkipped(each, commands));
  return isGuarded ? 'sometimes' : 'always';
}

/** Where a command runs: itself, or the calls of the function that it is in. */
function placesOf(command: ShellCommand, commands: readonly ShellCommand[]): ShellCommand[] {
  const definition = command.around.find(node => node.type === 'Function');
  if (!definition) return [command];
  const word = definition.name.text;
  const isNamed = (text: string) => text.split(/[^\w-]+/).includes(word);
  return commands.filter(({ name, args, around }) =>
    !around.includes(definition) && (['', word].includes(name) || args.some(({ text }) => isNamed(text))));
}

function mayBeSkipped(command: ShellCommand, commands: readonly ShellCommand[]): boolean {
  return isBehindCondition(outsideOfLoop(command)) || commands.some(each => mayEndBefore(each, command));
}

/** What is around a command, up to its loop: conditions in that decide on its end. */
function outsideOfLoop(command: ShellCommand): readonly SyntaxNode[] {
  const { around } = command;
  const loop = repetitionAround(command);
  return loop ? around.slice(0, around.indexOf(loop) + 1) : around;
}

function isBehindCondition(around: readonly SyntaxNode[]): boolean {
  return around.some((node, level) => {
    const inner = around[level + 1];
    if (!inner) return false;
    if (node.type === 'Case') return true;
    if (node.type === 'If' || node.type === 'Elif') return inner !== node.clause;
    if (node.type !== 'AndOr') return false;
    const index = node.commands.indexOf(inner as any);
    return node.operators.slice(0, index).includes('||') || node.commands.slice(0, index).some(hasTest);
  });
}

/** Whether the program may be over, without a failure, before it gets to a command: `[ … ] && exit 0`. */
function mayEndBefore(one: ShellCommand, { index, around }: ShellCommand): boolean {
  if (!['exit', 'return'].includes(one.name) || one.index >= index) return false;
  const [status = behindFailure(one) ? '1' : '0'] = one.args.map(({ text }) => text);
  const ended = [...one.around].reverse().find(({ type }) => ENDED.includes(type));
  return status === '0' && ended !== undefined && around.includes(ended);
}

/** What `exit` or `return` ends. */
const ENDED = ['Script', 'Function', 'Subshell', 'CommandExpansion'];

/** Whether a command runs if another one has failed: `cd /app || exit`. */
function behindFailure({ around }: ShellCommand): boolean {
  return around.some((node, level) =>
    node.type === 'AndOr' && node.operators[node.commands.indexOf(around[level + 1] as any) - 1] === '||');
}
