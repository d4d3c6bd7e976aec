import type { Statement, SyntaxNode } from 'unbash';
import type { ShellCommand } from './command';
import { calls, hasLimit, some } from './limit';

/** What succeeds, whatever was before it. */
export const SUCCEEDS = ['sleep', 'echo', 'printf', 'true', ':'];

/**
 * Whether a program surely ends with 0 when the loop around a command has counted to its end: nothing but `sleep`, say,
 * is its last command, it breaks off if it succeeds, and nothing behind it looks at what became of it.
 */
export function endsWell({ around }: ShellCommand): boolean {
  const [program, , loop] = around;
  const innermost = around.filter(({ type }) => LOOPS.includes(type)).at(-1);
  if (program?.type !== 'Script' || loop !== innermost) return false;
  if (loop?.type !== 'For' && loop?.type !== 'While') return false;
  if (loop.type === 'While' && !hasLimit(loop)) return false;
  const last = loop.body.commands.at(-1);
  const behind = program.commands.slice(program.commands.findIndex(({ command }) => command === loop) + 1);
  return (
    isLeft(loop, around)
    && last !== undefined
    && [last, ...behind].every(succeeds)
    && !mayFail(loop)
  );
}

const LOOPS = ['For', 'While', 'ArithmeticFor', 'Select'];

/** Whether success leaves a loop: by its condition, or in its body. */
function isLeft(loop: SyntaxNode, around: readonly SyntaxNode[]): boolean {
  const isCondition = loop.type === 'While' && around.includes(loop.clause);
  return isCondition || calls(loop, 'break') || calls(loop, 'exit');
}

function succeeds({ command }: Statement): boolean {
  const last = command.type === 'AndOr' && command.operators.at(-1) === '||' ? command.commands.at(-1) : command;
  if (last?.type !== 'Command') return false;
  const { name, args } = last;
  if (!name) return true;
  return SUCCEEDS.includes(name.value) || (name.value === 'exit' && args[0]?.text === '0');
}

/** Whether a loop ends the program with something else than 0. */
function mayFail(loop: SyntaxNode): boolean {
  return some(loop, node =>
    node.type === 'Command'
    && (node.name?.value === 'return'
      || node.name?.value === 'false'
      || (node.name?.value === 'exit' && node.args[0]?.text !== '0')));
}
