import { forEachChild, type SyntaxNode } from 'unbash';
import type { ShellCommand } from './command';
import { calls } from './limit';
import type { Script } from './script';

/** What looks whether something is there. */
const TESTS = [
  '[',
  'test',
  'grep',
  'ls',
  'stat',
  'command',
  'which',
  'type',
  'diff',
  'cmp',
  'mountpoint',
  'find',
];

type Loop = Extract<SyntaxNode, { type: 'While' }>;

/** The innermost loop around a command that may be a wait: not one that goes through lines or arguments. */
export function loopAround({ around }: ShellCommand): Loop | undefined {
  return [...around].reverse().find((node): node is Loop => node.type === 'While' && !goesThrough(node));
}

/** The loop around a command that may be a wait, or else one that counts. */
export function repetitionAround(command: ShellCommand): SyntaxNode | undefined {
  return loopAround(command) ?? countedLoopAround(command);
}

/** The outermost `for` around a command. */
export function countedLoopAround({ around }: ShellCommand): SyntaxNode | undefined {
  return around.find(({ type }) => type === 'For' || type === 'ArithmeticFor');
}

/** `while read line`, `while shift`, and `while [ $# -gt 0 ]` with a `shift` in it. */
function goesThrough({ kind, clause, body }: Loop): boolean {
  if (kind !== 'while') return false;
  return calls(clause, 'read') || calls(clause, 'shift') || calls(body, 'shift');
}

/** Whether a command runs only if something is found out before: that a file is not there, say. */
export function isGuarded(
  command: ShellCommand,
  commands: readonly ShellCommand[],
): boolean {
  return (
    isInGuard(command)
    || commands.some(
      each =>
        ['exit', 'return'].includes(each.name)
        && each.index < command.index
        && isInGuard(each),
    )
  );
}

function isInGuard({ around }: ShellCommand): boolean {
  return around.some((node, level) => {
    const inner = around[level + 1];
    if (node.type === 'Case') return true;
    if (node.type === 'If' || node.type === 'Elif') {
      return inner !== node.clause && hasTest(node.clause);
    }
    if (node.type !== 'AndOr') return false;
    return node.commands.slice(0, node.commands.indexOf(inner as any)).some(hasTest);
  });
}

/** Whether a part of a program looks whether something is there. */
export function hasTest(node: SyntaxNode): boolean {
  if (node.type === 'TestCommand') return true;
  if (node.type === 'Command' && TESTS.includes(node.name?.value ?? '')) return !changesFiles(node);
  let found = false;
  forEachChild(node, child => {
    found ||= hasTest(child);
  });
  return found;
}

/** `find … -delete` and `find … -exec` look for what they change. */
function changesFiles({ args }: Extract<SyntaxNode, { type: 'Command' }>): boolean {
  return args.some(({ text }) => ['-delete', '-exec', '-execdir'].includes(text));
}

/** What becomes of the failure of a command. */
export type Failure =
  /** The container fails with it. */
  | 'ends'
  /** It goes on as if nothing was. */
  | 'ignored'
  /** The program looks at it, or it cannot be told. */
  | 'handled';

/** What becomes of the failure of a command. */
export function failureOf({ around }: ShellCommand, script: Script): Failure {
  let isTested = false;
  for (let level = around.length - 2; level >= 0; level--) {
    const [node, inner] = [around[level], around[level + 1]];
    switch (node.type) {
      case 'Pipeline':
        if (node.prefixes.some(({ type }) => type === 'Negation')) return 'handled';
        if (inner !== node.commands.at(-1) && !script.hasPipefail) return 'handled';
        break;
      case 'AndOr': {
        const behind = node.commands.indexOf(inner as any);
        if (node.operators.slice(behind).includes('||')) return 'handled';
        isTested ||= behind < node.commands.length - 1;
        break;
      }
      case 'If':
      case 'Elif':
      case 'Case':
        if (node.type !== 'Case' && inner === node.clause) return 'handled';
        break;
      case 'While':
      case 'For':
      case 'Function':
      case 'CommandExpansion':
      case 'ArithmeticFor':
        return script.endsAtFailure && !isTested && node.type !== 'CommandExpansion'
          ? 'ends'
          : 'handled';
      case 'Statement':
        if (node.background) return 'handled';
        break;
      case 'CompoundList':
      case 'Script':
        if (inner === node.commands.at(-1)) break;
        if (script.endsAtFailure && !isTested) return 'ends';
        return looksAtStatus(script, inner) ? 'handled' : 'ignored';
    }
  }
  return 'ends';
}

/** Whether nothing ever sees the exit code of a command: it is within $(…), or in a pipe that has another one. */
export function isExitCodeLost({ around }: ShellCommand, { hasPipefail }: Script): boolean {
  return around.some((node, level) =>
    node.type === 'CommandExpansion'
    || (node.type === 'Pipeline' && !hasPipefail && node.commands.at(-1) !== around[level + 1]));
}

/** Whether nothing but `|| true` and its like stands behind a command. */
export function isExcused({ around }: ShellCommand): boolean {
  const [, statement, list, command] = around;
  if (around.length !== 4 || statement.type !== 'Statement' || list.type !== 'AndOr') return false;
  const behind = list.commands.indexOf(command as any) + 1;
  const excuse = list.commands[behind];
  return (
    behind === list.commands.length - 1
    && list.operators[behind - 1] === '||'
    && excuse.type === 'Command'
    && (['true', ':', 'echo', 'printf'].includes(excuse.name?.value ?? '')
      || (excuse.name?.value === 'exit' && excuse.args[0]?.text === '0'))
  );
}

/** Whether `$?` stands behind a part of a program. */
function looksAtStatus({ text }: Script, { end }: SyntaxNode): boolean {
  return text.slice(end).includes('$?');
}

/** The name of the last command of the pipe in which a command is not the last. */
export function behindPipe({ around }: ShellCommand): string | undefined {
  const level = around.findIndex(({ type }) => type === 'Pipeline');
  const pipeline = around[level];
  if (pipeline?.type !== 'Pipeline' || pipeline.commands.at(-1) === around[level + 1]) {
    return undefined;
  }
  const last = pipeline.commands.at(-1)!;
  return last.type === 'Command' ? last.name?.value.replace(/^.*\//, '') : undefined;
}

/** Whether a command may run before another one: functions run in another order than they are written in. */
export function mayRunBefore(one: ShellCommand, other: ShellCommand): boolean {
  const isInFunction = ({ around }: ShellCommand) =>
    around.some(({ type }) => type === 'Function');
  return (
    one !== other && (one.index < other.index || isInFunction(one) || isInFunction(other))
  );
}

/** Whether a command is the last thing that a program does, on its outermost level and by itself. */
export function isLastAlone(command: ShellCommand): boolean {
  const [program, statement] = command.around;
  return (
    isOutermost(command)
    && program.type === 'Script'
    && program.commands.at(-1) === statement
  );
}

/** Whether a command stands on the outermost level of a program, by itself. */
export function isOutermost({ around }: ShellCommand): boolean {
  const [program, statement, command] = around;
  return (
    around.length === 3
    && program.type === 'Script'
    && statement.type === 'Statement'
    && !statement.background
    && command.type === 'Command'
  );
}
