/** Many replicas that wait for one server: when each of them connects, without running any. */
import { sorted } from './measure';

/** How a program waits. All times are seconds. */
export interface Waiting {
  /** From the start of an attempt to its end. */
  readonly attempt: number;
  /** What follows an attempt that has connected. */
  readonly hold: number;
  /** How long it rests after an attempt that ended at this time since the start, `chance` being 0 to 1. */
  pause(elapsed: number, chance: number): number;
}

/** In tenths of a second, as in the program. */
const [SHORTEST, LONGEST] = [1, 10];

/** The pauses that `rest` of src/programs/retry.sh makes: a tenth of the time so far, by chance less. */
export function restOf(elapsed: number, chance: number): number {
  const pause = Math.min(Math.max(Math.floor(elapsed), SHORTEST), LONGEST);
  const digit = Math.floor(chance * 16);
  return (pause - Math.floor((pause * digit + 75) / 150)) / 10;
}

/** Whoever sleeps for a second. */
export function second(): number {
  return 1;
}

export interface Herd {
  readonly replicas: number;
  /** They start within so many seconds, each by chance. */
  readonly within: number;
  /** The server comes up at this time. */
  readonly upAfter: number;
}

export interface Outcome {
  /** When each connection was tried, in order. */
  readonly connections: readonly number[];
  /** How much later than the server each wait ended, in order. */
  readonly delays: readonly number[];
}

/** The same numbers from 0 to 1 in each run, by the generator of Park and Miller. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 48_271 % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What happens if all wait so. An attempt takes half as long to one and a half times as long as it mostly does. */
export function simulated(waiting: Waiting, { replicas, within, upAfter }: Herd, seed = 1): Outcome {
  const chance = chances(seed);
  const [connections, delays]: number[][] = [[], []];
  for (let replica = 0; replica < replicas; replica++) {
    const start = chance() * within;
    let now = start;
    for (;;) {
      connections.push(now);
      const isUp = now >= upAfter;
      now += waiting.attempt * (0.5 + chance());
      if (isUp) break;
      now += waiting.pause(now - start, chance());
    }
    delays.push(now + waiting.hold - upAfter);
  }
  return { connections: sorted(connections), delays: sorted(delays) };
}

/** How many connections one waits makes within these seconds from its start, on average. */
export function attemptsWithin(waiting: Waiting, from: number, to: number): number {
  const replicas = 200;
  const { connections } = simulated(waiting, { replicas, within: 0, upAfter: to });
  return connections.filter(time => time >= from && time < to).length / replicas;
}

/** How long an attempt takes, if so many were made within these first seconds. */
export function attemptOf(waiting: Omit<Waiting, 'attempt'>, attempts: number, seconds: number): number {
  let [low, high] = [0, seconds];
  for (let step = 0; step < 30; step++) {
    const attempt = (low + high) / 2;
    if (attemptsWithin({ ...waiting, attempt }, 0, seconds) > attempts) low = attempt;
    else high = attempt;
  }
  return high;
}
