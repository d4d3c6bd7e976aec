import type { SyntaxNode } from 'unbash';
import type { ShellCommand } from './command';
import { countedLoopAround, loopAround } from './context';
import { SUCCEEDS } from './ends';
import { givesUp, hasLimit, leaves, some } from './limit';

/** What must become of a command for the loop around it to end. */
export interface Aim {
  /** Whether it must succeed, rather than fail. */
  readonly succeeds: boolean;
  /** Whether the loop may also end by another command: `until nc -z a 1 || nc -z b 2`. */
  readonly isOneOfSeveral: boolean;
}

const UNSURE: Aim = { succeeds: true, isOneOfSeveral: false };

/** What a loop repeats a command for; success where it cannot be told. */
export function aimOf(command: ShellCommand): Aim {
  const { around } = command;
  const loop = loopAround(command);
  const repeated = loop ?? countedLoopAround(command);
  if (!repeated) return UNSURE;
  const start = around.indexOf(repeated);
  const tests = loop && hasLimit(loop) ? TESTS : [];
  let aim = loop && around[start + 1] === loop.clause ? aimFor(loop.kind === 'until') : undefined;
  for (let level = start + 1; level < around.length - 1; level++) {
    const [node, inner] = [around[level], around[level + 1]];
    const next: Aim | undefined = aim ? within(node, inner, aim, tests) : endedBy(node, inner);
    if (aim && !next) return UNSURE;
    aim = next;
  }
  return aim ?? UNSURE;
}

/** What looks at a counter, and at no server. */
const TESTS = ['[', 'test', 'let'];

function aimFor(succeeds: boolean): Aim {
  return { succeeds, isOneOfSeveral: false };
}

/** What must become of a part, if that is known of what is around it. */
function within(node: SyntaxNode, inner: SyntaxNode, aim: Aim, tests: readonly string[]): Aim | undefined {
  switch (node.type) {
    case 'CompoundList':
    case 'Script':
      return inner === node.commands.at(-1) ? aim : undefined;
    case 'Pipeline':
      return isNegated(node) ? { ...aim, succeeds: !aim.succeeds } : aim;
    case 'AndOr': {
      const index = node.commands.indexOf(inner as any);
      const others = node.commands.filter(each => each !== inner && !isTest(each, tests));
      const isEnough = node.operators.slice(Math.max(0, index - 1)).includes(aim.succeeds ? '||' : '&&');
      const isOneOfSeveral = isEnough && others.some(each => mayBe(each, aim.succeeds));
      return { ...aim, isOneOfSeveral: aim.isOneOfSeveral || isOneOfSeveral };
    }
    case 'Statement':
    case 'Redirected':
    case 'Subshell':
    case 'BraceGroup':
    case 'Command':
      return aim;
    default:
      return undefined;
  }
}

/** What must become of a part in the body of a loop, which a command behind it leaves. */
function endedBy(node: SyntaxNode, inner: SyntaxNode): Aim | undefined {
  if (node.type === 'If' && inner === node.clause) {
    if (some(node.then, leaves)) return some(node.then, givesUp) ? undefined : aimFor(true);
    return node.else && some(node.else, leaves) && !some(node.else, givesUp) ? aimFor(false) : undefined;
  }
  if (node.type !== 'AndOr') return undefined;
  const index = node.commands.indexOf(inner as any);
  const next = node.commands[index + 1];
  const isLeft = next !== undefined && some(next, leaves) && !some(next, givesUp);
  return isLeft ? aimFor(node.operators[index] === '&&') : undefined;
}

function isNegated({ prefixes }: Extract<SyntaxNode, { type: 'Pipeline' }>): boolean {
  return prefixes.filter(({ type }) => type === 'Negation').length % 2 > 0;
}

function isTest(node: SyntaxNode, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  return some(node, each =>
    ['TestCommand', 'ArithmeticCommand'].includes(each.type)
    || (each.type === 'Command' && names.includes(each.name?.value ?? '')));
}

/** Whether a part of a program may succeed, or may fail. */
function mayBe(node: SyntaxNode, success: boolean): boolean {
  switch (node.type) {
    case 'Command': {
      const name = node.name?.value ?? '';
      if (SUCCEEDS.includes(name)) return success;
      return name === 'false' ? !success : !leaves(node);
    }
    case 'Pipeline':
      return mayBe(node.commands.at(-1)!, isNegated(node) ? !success : success);
    case 'Subshell':
    case 'BraceGroup':
      return mayBe(node.body.commands.at(-1)!.command, success);
    case 'AndOr':
      return success && !node.operators.includes('||')
        ? node.commands.every(each => mayBe(each, true))
        : node.commands.some(each => mayBe(each, success));
    default:
      return true;
  }
}
