import { secondsWritten } from './reading';
import type { Budget } from '../../private/step/step-record';
import type { Container } from '../manifests/pods';
import { aimOf } from '../shell/aim';
import { hasOption, optionOf, type ShellCommand } from '../shell/command';
import { failureOf, loopAround } from '../shell/context';
import { endsWell } from '../shell/ends';
import { calls, givesUp, hasLimit, some } from '../shell/limit';
import { reachOf } from '../shell/reach';
import type { Script } from '../shell/script';
import { askedBy, type Asked } from '../shell/waits';

/** A command that an init container repeats, or that fails it, until a server answers. */
export interface HandWrittenWait {
  readonly command: ShellCommand;
  /** Nothing where it is known that it waits, but not for what. */
  readonly asked?: Asked;
  /** How long it waits at most. */
  readonly limit: Budget;
  /** Whether the container goes on when that is over. */
  readonly isOptional: boolean;
}

/** The waits of an init container that was written by hand, in their order. */
export function waitsIn(container: Container): HandWrittenWait[] {
  return container.commands.flatMap(command => {
    const need = needFor(command, container);
    if (need === 'none') return [];
    const isMaybe = need === 'maybe';
    return waitOf(command, container).map(wait => ({ ...wait, isOptional: wait.isOptional || isMaybe }));
  });
}

/** Whether a command must succeed before its container can end. */
export function needFor(command: ShellCommand, { commands }: Container): 'sure' | 'maybe' | 'none' {
  const reach = reachOf(command, commands);
  const { succeeds, isOneOfSeveral } = aimOf(command);
  if (reach === 'never' || !succeeds) return 'none';
  return reach === 'sometimes' || isOneOfSeveral ? 'maybe' : 'sure';
}

function waitOf(command: ShellCommand, container: Container): HandWrittenWait[] {
  const asked = askedBy(command);
  const { script } = container;
  if (isByKubectl(command)) return [{ command, limit: 'unknown', isOptional: isFailureTaken(command, script) }];
  if (!asked) return [];
  const ended = endedOutside(command, container);
  if (WAITING.test(command.name)) return [{ command, asked, ...byItself(command, script) }];
  const loop = loopAround(command);
  if (loop || isTriedAgain(command)) {
    const counts = !loop || hasLimit(loop);
    return [{ command, asked, ...counts ? { limit: 'unknown', isOptional: goesOn(command, script) } : ended }];
  }
  const isCheck = asked.kind !== 'http' && !isFailureTaken(command, script);
  return isCheck ? [{ command, asked, limit: 'unknown', isOptional: false }] : [];
}

/** Programs that try again themselves. */
const WAITING = /^wait-for/;

/** In seconds, without an option of their own. */
const USUAL_LIMIT = 15;

type Limit = Pick<HandWrittenWait, 'limit' | 'isOptional'>;

/** `wait-for-it` runs what stands behind `--` in any case, unless it is told to be strict. */
function byItself(command: ShellCommand, script: Script | undefined): Limit {
  const given = optionOf(command, 't', '--timeout');
  const seconds = given ? Number(given.value) : USUAL_LIMIT;
  const runsOthers = command.args.some(({ text }) => text === '--') && !hasOption(command, 's', '--strict');
  return {
    limit: seconds === 0 ? 'unbounded' : secondsWritten(seconds),
    isOptional: runsOthers || isFailureTaken(command, script),
  };
}

/** What ends a loop that has no limit of its own: `timeout` around it, or the deadline of the pod. */
function endedOutside(command: ShellCommand, { script, argv, pod }: Container): Limit {
  if (script?.process1 === 'timeout') {
    return { limit: secondsIn(argv.map(({ text }) => text).join(' ')), isOptional: false };
  }
  const starter = starterOfLoop(command);
  if (script && starter && command.starters.includes('timeout') && !loopAround(starter)) {
    const isOptional = isFailureTaken(starter, script) && !some(script.program, givesUp);
    return { limit: secondsIn(script.text.slice(command.index)), isOptional };
  }
  return { limit: hasDeadline(pod) ? 'unknown' : 'unbounded', isOptional: false };
}

/** The `sh -c` in whose text the loop around a command is: what stands before it counts for the whole loop. */
function starterOfLoop(command: ShellCommand): ShellCommand | undefined {
  const { around } = command;
  const text = around.findIndex(({ type }, level) => level > 0 && type === 'Script');
  const loop = loopAround(command);
  const isInText = text > 0 && loop !== undefined && around.indexOf(loop) > text;
  return isInText ? { ...command, around: around.slice(0, text) } : undefined;
}

const SECONDS_IN: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600 };

/** The time that stands behind `timeout`. */
function secondsIn(text: string): Budget {
  const [, count, unit] =
    /^\S*timeout\s+(?:-[ks]\s*\S+\s+|-t\s+|--\S+\s+)*(\d+)([smh]?)\s/.exec(text) ?? [];
  return count === undefined ? 'unknown' : Number(count) * SECONDS_IN[unit || 's'];
}

/** Whether a loop that counts ends well when it has counted to its end. Where that is doubtful, it does. */
function goesOn(command: ShellCommand, script: Script | undefined): boolean {
  return endsWell(command) || !script || !some(script.program, givesUp);
}

/** Whether the container goes on if a command fails. */
function isFailureTaken(command: ShellCommand, script: Script | undefined): boolean {
  return script !== undefined && failureOf(command, script) !== 'ends';
}

/** `for i in 1 2 3; do … sleep 5; done`. */
function isTriedAgain({ around }: ShellCommand): boolean {
  return around.some(node => /^(For|ArithmeticFor)$/.test(node.type) && calls(node, 'sleep'));
}

function isByKubectl({ name, args }: ShellCommand): boolean {
  const words = args.map(({ text }) => text).join(' ');
  return name === 'kubectl' && /^(?:-\S+ )*(?:\S+ )?(wait|rollout status)\b/.test(words);
}

/** A Job or a Pod may have a deadline that ends its init containers, too. */
export function hasDeadline({ spec, manifest }: Container['pod']): boolean {
  const { spec: outer } = manifest.object;
  return [spec, outer, outer?.jobTemplate?.spec].some(each => each?.activeDeadlineSeconds != null);
}
