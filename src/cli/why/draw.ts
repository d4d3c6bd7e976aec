import type { Cause, Diagnosis, Held, Wait } from './diagnosis';
import type { StepState } from './pod-state';
import type { Unread } from './snapshot';
import type { Trouble } from './trouble';
import { counted, lasting, listed, named } from './wording';
import type { Terminal } from '../terminal';

/** In characters. */
const LONGEST_CAUSE = 160;

/** What a drawing takes beside the diagnosis. */
export interface Drawing {
  readonly colors: Terminal['colors'];
  readonly now: number;
  /** Whether workloads are named with their namespaces. */
  readonly withNamespaces: boolean;
}

/** A diagnosis as a text: what is ill, and the tree that leads to it. */
export function draw(diagnosis: Diagnosis, drawing: Drawing): string {
  const { pods, notStarted, causes, tree, unread } = diagnosis;
  const lines = [
    heading(pods, notStarted, causes),
    ...causes.filter(({ isIll }) => isIll).flatMap(cause => causeLines(cause, drawing)),
    ...tree.flatMap(held => ['', ...new Branches(drawing).of(held)]),
    ...(unread.length > 0
      ? ['', ...unreadLines(unread).map(drawing.colors.yellow)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(pods: number, notStarted: number, causes: readonly Cause[]): string {
  if (causes.length === 0) return allStarted(pods);
  const ill = causes.filter(({ isIll }) => isIll).length;
  return `${howMany(pods, notStarted)} ${ill > 0 ? `${counted(ill, 'root cause')}:` : whyNot(causes)}`;
}

function howMany(pods: number, notStarted: number): string {
  if (notStarted === 0) return `${allStarted(pods)} Others are missing.`;
  return `${notStarted} of ${counted(pods, 'pod')} ${notStarted === 1 ? 'has' : 'have'} not started.`;
}

function whyNot(causes: readonly Cause[]): string {
  const isUnread = causes.some(({ kind }) => kind === 'unread');
  return isUnread ? 'What is wrong cannot be told:' : 'Nothing is wrong yet:';
}

function allStarted(pods: number): string {
  if (pods === 0) return 'There are no pods.';
  return pods === 1 ? 'The only pod has started.' : `All ${pods} pods have started.`;
}

function causeLines(
  { of, text, holdsUp }: Cause,
  { colors, withNamespaces }: Drawing,
): string[] {
  const who = colors.bold(named(of, withNamespaces));
  const held =
    holdsUp > 0
      ? `; ${counted(holdsUp, 'other pod')} ${holdsUp === 1 ? 'waits' : 'wait'} for it`
      : '';
  return [`  ${colors.red('✗')} ${who}: ${shortened(text)}${held}`];
}

/** The tree has all of it. */
function shortened(text: string): string {
  return text.length > LONGEST_CAUSE ? `${text.slice(0, LONGEST_CAUSE)}…` : text;
}

/** What could not be read, a line for each namespace and reason. */
function unreadLines(unread: readonly Unread[]): string[] {
  const byPlace = new Map<string, string[]>();
  for (const { resource, namespace, why } of unread) {
    const where = namespace === undefined ? '' : ` of namespace ${namespace}`;
    const place = `${where}, which ${why}.`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), resource]);
  }
  return [...byPlace].map(([place, resources]) => `Not read: ${inWords(resources)}${place}`);
}

/** All of them: `events, jobs and logs`. */
function inWords(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format([...names].sort());
}

/** Draws the tree below what is held. */
class Branches {
  public constructor(private readonly drawing: Drawing) {}

  public of(held: Held): string[] {
    const { isAbove, waitsFor, trouble, step } = held;
    const title = this.title(held);
    if (isAbove) return [`${title}: see above`];
    const inside = trouble ? this.trouble(trouble) : this.said(step);
    return [
      title,
      ...below(inside, waitsFor.map(wait => this.wait(wait))),
    ];
  }

  private title({ owners, pods, since, step, steps }: Held): string {
    const { colors, now, withNamespaces } = this.drawing;
    const isPod = owners.every(({ kind }) => kind === 'Pod');
    const parts = [
      colors.bold(named(owners, withNamespaces)),
      ...(isPod ? [] : countedPods(pods, owners.length)),
      ...(since ? [`for ${lasting(since, now)}`] : []),
      ...(step ? [this.inStep(step, steps)] : []),
    ];
    return parts.join(', ');
  }

  private inStep({ restarts, since }: StepState, steps: readonly string[]): string {
    const where = `in ${steps.length === 1 ? 'step' : 'steps'} ${listed(steps)}`;
    if (restarts === 0) return where;
    const begun = since ? `, last ${lasting(since, this.drawing.now)} ago` : '';
    const times = restarts === 1 ? 'once' : `${restarts} times`;
    return `${where} (started again ${times}${begun})`;
  }

  private wait({ shown, about, ready, pods, isGuess, trouble, behind }: Wait): string[] {
    const { colors } = this.drawing;
    const service = about ? `: ${about}` : '';
    const counts = pods === undefined ? '' : `, ${ready} of ${counted(pods, 'pod')} ready`;
    const verb = isGuess ? 'seems to wait for' : 'waits for';
    const inside = trouble ? this.trouble(trouble) : [];
    return [
      `${verb} ${colors.cyan(shown)}${service}${counts}`,
      ...below(inside, behind.map(held => this.of(held))),
    ];
  }

  private trouble({ text, details, isIll }: Trouble): string[] {
    const { colors } = this.drawing;
    const line = isIll ? colors.red(`✗ ${text}`) : colors.yellow(`… ${text}`);
    return [line, ...details.map(detail => `  ${colors.dim(detail)}`)];
  }

  private said(step: StepState | undefined): string[] {
    return step?.said.map(line => this.drawing.colors.dim(line)) ?? [];
  }
}

/** `3 pods`, the pod's name if it is the only one, or nothing. */
function countedPods(pods: readonly string[], owners: number): string[] {
  if (pods.length === 0) return [];
  return [pods.length === 1 && owners === 1 ? `pod ${pods[0]}` : counted(pods.length, 'pod')];
}

/** What stands below a line: a text about it, and then its branches. */
function below(text: readonly string[], branches: readonly string[][]): string[] {
  const margin = branches.length > 0 ? '│ ' : '  ';
  return [
    ...text.map(line => `${margin}${line}`),
    ...branches.flatMap((lines, index) => branch(lines, index === branches.length - 1)),
  ];
}

function branch([first, ...others]: readonly string[], isLast: boolean): string[] {
  return [
    `${isLast ? '└─' : '├─'} ${first}`,
    ...others.map(line => `${isLast ? '   ' : '│  '}${line}`),
  ];
}
