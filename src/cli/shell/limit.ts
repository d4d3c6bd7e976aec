import { forEachChild, type SyntaxNode } from 'unbash';

type Loop = Extract<SyntaxNode, { type: 'While' }>;

/** What looks at the time. */
const TIME = /\$\(\s*date|`\s*date|\bE?(POCH)?SECONDS\b/;

/** An assignment within arithmetic: `n++`, `--n`, `n += 1`. */
const CHANGED = /(?:\+\+|--)\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/g;

/**
 * Whether a loop can end although what it asks for never comes: it ends with a failure, or looks at the time or at a
 * counter that changes in it, in its condition or before it breaks off.
 */
export function hasLimit(loop: Loop): boolean {
  if (some(loop, givesUp)) return true;
  const counters = countersIn(loop);
  const isLimit = (node: SyntaxNode) => looksAt(node, counters);
  if (some(loop.clause, isLimit)) return true;
  return some(loop.body, node => {
    if (node.type === 'AndOr') return some(node, isLimit) && some(node, leaves);
    if (node.type !== 'If' && node.type !== 'Elif') return false;
    return some(node.clause, isLimit) && some(node, leaves);
  });
}

/** Whether a part of a program ends it, or a function of it, with a failure. */
export function givesUp(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const { name, args } = node;
  return (name?.value === 'exit' || name?.value === 'return') && args[0]?.text !== '0';
}

/** Whether a part of a program leaves a loop, or more. */
export function leaves(node: SyntaxNode): boolean {
  return node.type === 'Command' && ['break', 'exit', 'return'].includes(node.name?.value ?? '');
}

/** Names of variables that a loop calculates anew: not those that hold the answer of a server. */
function countersIn(loop: Loop): string[] {
  const names: string[] = [];
  some(loop, node => {
    if (node.type === 'Assignment' && /\$\(\(|\$\(\s*(expr|date)|`\s*(expr|date)|^\w+\+=/.test(node.text)) {
      names.push(node.name);
    }
    const arithmetic = arithmeticIn(node);
    for (const [, before, behind] of arithmetic.matchAll(CHANGED)) names.push(before ?? behind);
    return false;
  });
  return names;
}

function arithmeticIn(node: SyntaxNode): string {
  if (node.type === 'ArithmeticCommand') return node.body;
  if (node.type !== 'Command') return '';
  const words = node.args.map(({ text }) => text).join(' ');
  return node.name?.value === 'let' ? words : [...words.matchAll(/\$\(\((.*?)\)\)/g)].map(([, each]) => each).join(' ');
}

/** Whether a test, or arithmetic that is one, has a counter or the time in it. */
function looksAt(node: SyntaxNode, counters: readonly string[]): boolean {
  const text = testIn(node);
  return TIME.test(text) || counters.some(name => new RegExp(`\\b${name}\\b`).test(text));
}

function testIn(node: SyntaxNode): string {
  switch (node.type) {
    case 'ArithmeticCommand':
      return node.body;
    case 'TestBinary':
      return `${node.left.text} ${node.right.text}`;
    case 'Command':
      return ['[', 'test', 'let'].includes(node.name?.value ?? '')
        ? node.args.map(({ text }) => text).join(' ')
        : '';
    default:
      return '';
  }
}

/** Whether something is true of a part of a program, or of a part in it. */
export function some(node: SyntaxNode, is: (node: SyntaxNode) => boolean): boolean {
  if (is(node)) return true;
  let found = false;
  forEachChild(node, child => {
    found ||= some(child, is);
  });
  return found;
}

/** Whether a part of a program calls a command of that name. */
export function calls(node: SyntaxNode, name: string): boolean {
  return some(node, each => each.type === 'Command' && each.name?.value === name);
}
