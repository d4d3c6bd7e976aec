import type { Duration } from 'cdk8s';
import { isOwnShell, type defaultsAt } from './init-defaults';
import type { InitStepProps } from './init-step-props';
import type { Likeness } from './private/pod/likeness';
import type { Site } from './private/pod/site';
import type { Budget } from './private/step/step-record';
import { checkReservedNames } from './private/values/checks';
import { isGiven } from './private/values/kind';
import { secondsOrNone, wholeSeconds } from './private/values/quantity';
import { inWords, refuse, refuseAll, refuseWith } from './private/values/refuse';
import { programStart } from './program-start';
import { runAgain, runBounded } from './programs';

/** What a step is where its properties do not say it. */
export type StepDefaults = ReturnType<typeof defaultsAt> & { readonly like?: Likeness };

/** What a container runs, and the files that it needs for it. */
type Run = Pick<InitStepProps, 'command' | 'args' | 'files'>;

/** How long a step may take, as far as anybody says. */
export function budgetIn(
  site: Site,
  { timeout, endsWithin, waitsFor = [], conditions = [], retryInterval }: InitStepProps,
): Budget {
  if (endsWithin && (timeout || retryInterval)) {
    const other = retryInterval ? 'retryInterval' : 'timeout';
    refuseAll(site, `has both ${other} and endsWithin`, 'timeout is enough: the library keeps it');
  }
  if (endsWithin) {
    const seconds = secondsOrNone(site, 'endsWithin', endsWithin);
    if (seconds === 0 && waitsFor.length + conditions.length > 0) refuseAtOnce(site);
    return seconds;
  }
  return timeout ? wholeSeconds(site, 'timeout', timeout) : 'unbounded';
}

function refuseAtOnce(site: Site): never {
  return refuseWith(site, 'endsWithin', {
    must: 'be more than no time for a step that waits for something',
    got: inWords('0 s'),
    remedy: 'name the longest that it waits, or leave it out',
  });
}

/** The user's program as written, with a time limit around it, or tried again until it ends well. */
export function ownProgram(site: Site, props: InitStepProps, defaults: StepDefaults): Run {
  checkRunsSomething(site, props, defaults);
  checkTries(site, props);
  const { command, args = [], timeout, retryInterval, env } = props;
  if (command?.length === 0) {
    refuseWith(site, 'command', {
      must: 'hold a program',
      got: inWords('none'),
      remedy: "leave it out for the image's own",
    });
  }
  if (timeout === undefined) return { command, args: props.args };
  if (command === undefined) return refuseUnknown(site, props);
  checkPassedOn(site, { ...defaults.env, ...defaults.like?.env, ...env });
  const limits = retryInterval
    ? tries(site, { ...props, timeout, retryInterval }, defaults.like)
    : [`${timeout.toSeconds()}`];
  const start = programStart(retryInterval ? runAgain() : runBounded(), defaults.programs);
  return { ...start, args: [site.id, ...limits, ...command, ...args] };
}

/** A program without a name in the YAML can neither be stopped nor be run again. */
function refuseUnknown(site: Site, { timeout, retryInterval }: InitStepProps): never {
  const [prop, it] = retryInterval ? ['retryInterval', 'run it again'] : ['timeout', 'stop it'];
  return refuseWith(site, prop, {
    must: 'come with a command',
    got: inWords((retryInterval ?? timeout!).toHumanString()),
    remedy: `the image's own program is not known at synth, so nothing can ${it}`,
  });
}

/** The library's own shell image has no entry point: without a word to run its shell ends at once. */
function checkRunsSomething(
  site: Site,
  { likeContainer, image, command, args }: InitStepProps,
  defaults: StepDefaults,
): void {
  const isSaid = [command, args].some(isGiven);
  if (likeContainer !== undefined && !isSaid) {
    refuseAll(site, 'has likeContainer but no command, so it would run the app itself', "write command: ['...']");
  }
  if (isSaid || image !== undefined || !isOwnShell(defaults)) return;
  refuseAll(site, 'has neither image nor command, so it would do nothing', "write command: ['sh', '-c', '...']");
}

/** Some shells pass on no variable whose name is no identifier, and the program would miss it without a word. */
function checkPassedOn(site: Site, env: object): void {
  const lost = Object.keys(env).find(name => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (lost === undefined) return;
  refuseWith(site, 'env', {
    must: 'have names of letters, digits and _ when there is a timeout',
    got: lost,
    remedy: 'the shell that keeps the time may not pass on others, so leave timeout out',
  });
}

/** What belongs to a program that is tried again only. */
function checkTries(site: Site, { retryInterval, attemptTimeout, finalExitCodes }: InitStepProps): void {
  if (retryInterval) return;
  const lonely = Object.entries({ attemptTimeout, finalExitCodes }).find(([, value]) => isGiven(value));
  if (!lonely) return;
  refuseAll(site, `has ${lonely[0]} but no retryInterval, so its program is run once`, 'name a retryInterval');
}

type Tries = InitStepProps & { readonly timeout: Duration; readonly retryInterval: Duration };

/** What `run-again` is told, in seconds. */
function tries(
  site: Site,
  { timeout, retryInterval, attemptTimeout, finalExitCodes = [], env }: Tries,
  like?: Likeness,
): string[] {
  checkReservedNames(site, 'env', env);
  checkReservedNames(site, 'likeContainer', like?.env);
  const budget = timeout.toSeconds();
  const pause = wholeSeconds(site, 'retryInterval', retryInterval);
  const limit = attemptTimeout ? wholeSeconds(site, 'attemptTimeout', attemptTimeout) : budget;
  for (const [prop, seconds] of Object.entries({ retryInterval: pause, attemptTimeout: limit })) {
    if (seconds > budget) refuse(site, prop, `be at most the timeout of ${budget} s`, inWords(`${seconds} s`));
  }
  const wrong = finalExitCodes.find(code => !Number.isInteger(code) || code < 1 || code > 255);
  if (wrong !== undefined) refuse(site, 'finalExitCodes', 'be exit codes between 1 and 255', wrong);
  return [`${budget}`, `${limit}`, `${pause}`, [126, 127, ...finalExitCodes].join(' ')];
}
