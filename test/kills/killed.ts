/** Kills a step at instants that are spread over its run, looks at what it leaves, and runs it again. */
import { createHash } from 'crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import type { Filler } from './filler';
import { instants } from './instants';
import { tornIn } from './torn';
import {
  after, OTHER, POD, pods, VOLUME_KINDS, type Pods, type VolumeKind,
} from './volume-kinds';
import { inLab, type Container } from '../lab/container';
import { entriesOf, type Entries } from '../lab/entries';
import { KINDS, withScripts, type Image } from '../lab/images';
import { sleep, type Running } from '../lab/process';
import { run, type RunOptions } from '../lab/run';
import { missing, withShells, type Shell } from '../lab/shells';
import { deployment } from '../workload';

/** So many runs take long: others than these two are chosen by LAB_SHELLS. */
const SHELLS = KINDS.filter(({ name }) => process.env.LAB_SHELLS || ['busybox-1.37', 'dash'].includes(name));

/**
 * One test of each filler in each kind of volume and in each shell. They run one behind the other, because others would
 * shift the instants.
 */
export function killEach(fillers: readonly Filler[]): void {
  const rows = fillers.flatMap(filler => VOLUME_KINDS
    .filter(({ isUsed }) => !(isUsed && (filler.ownsVolume || filler.endsAtOnce))).map(kind => ({ filler, kind })));
  const sentence = ({ filler, kind }: typeof rows[number]) =>
    `${filler.name} in ${kind.name}: killed at any instant nothing is torn or lost, and a run again is as a first one`;
  if (!inLab) return missing('root', rows.map(sentence));
  jest.setTimeout(600_000);
  const images = mkdtempSync(join(tmpdir(), 'slow-images-'));
  afterAll(() => rmSync(images, { recursive: true }));
  withShells(SHELLS, rows.map(sentence), shell => {
    const slow = { ...shell, ...withScripts(SLOWLY, shell, join(images, shell.name)) };
    for (const row of rows) {
      test(`in ${shell.name} ${sentence(row)}`, async () => killedIn(row.filler, row.kind, slow));
    }
  });
}

/** Between two renames a kill is the most dangerous, and these would take a small part of the run. */
const SLOWLY = { mv: 'busybox usleep 8000\nbusybox mv "$@" || exit\nbusybox usleep 8000' };

/** What runs, and how long that takes. */
interface Step {
  readonly container: Container;
  readonly image: Image;
}

async function killedIn(filler: Filler, kind: VolumeKind, shell: Shell): Promise<void> {
  const step = {
    container: await filler.container(kind.isUsed ? claim() : undefined),
    image: filler.image?.(shell) ?? shell,
  };
  const whole = await undisturbed(step, filler, kind);
  const chosen = instants(`${filler.name} in ${kind.name} in ${shell.name}`);
  let hits = 0;
  // What was timed on a busy machine may have ended at each of these instants on one that is quicker now.
  for (let share = 1; hits === 0 && share > 0.01; share /= 3) {
    hits = await killedAt(chosen, { step, filler, kind, state: whole.state, seconds: whole.seconds * share });
  }
  expect(hits).toBeGreaterThan(0);
}

/** A step, and what a whole run of it leaves and takes. */
interface Killed {
  readonly step: Step;
  readonly filler: Filler;
  readonly kind: VolumeKind;
  readonly state: unknown;
  readonly seconds: number;
}

/** Kills it at each of these shares of its time, and returns how many of these met it running. */
async function killedAt(
  chosen: readonly number[],
  { step, filler, kind, state, seconds }: Killed,
): Promise<number> {
  const see = filler.see ?? entriesOf;
  let hits = 0;
  for (const [index, instant] of chosen.entries()) {
    const place = pods(filler, kind);
    const before = see(place.filled);
    const tear = () => tornIn(see(place.filled), { unit: filler.unit, before, after: after(filler, before) });
    // Of two pods that fill a volume every second time both are killed; one alone is killed twice.
    const killed = kind.isShared && index % 2 === 1 ? [POD, OTHER] : [POD];
    const exitCodes = await Promise.all(podsOf(kind).map(async each =>
      once(step, place, each, killed.includes(each) ? killAfter(instant * seconds) : undefined)));
    hits += exitCodes[0] === null ? 1 : 0;
    const torn = tear();
    if (!kind.isShared && index % 2 === 1) {
      await once(step, place, POD, killAfter(chosen[(index * 7) % chosen.length] * seconds));
      torn.push(...tear());
    }
    const again = await Promise.all(killed.map(async each => once(step, place, each)));
    expect({ instant, torn, others: exitCodes.slice(killed.length), again, state: stateOf(place.filled) }).toEqual({
      instant, torn: [], others: podsOf(kind).slice(killed.length).map(() => 0), again: killed.map(() => 0), state,
    });
    place.remove();
  }
  return hits;
}

const podsOf = ({ isShared }: VolumeKind) => (isShared ? [POD, OTHER] : [POD]);

function claim(): kplus.IStorage {
  const scope = deployment();
  const known = kplus.PersistentVolumeClaim.fromClaimName(scope, 'claim', 'data');
  return kplus.Volume.fromPersistentVolumeClaim(scope, 'data', known);
}

/** What whole runs leave, and the longest time that the program takes in one. */
async function undisturbed(step: Step, filler: Filler, kind: VolumeKind) {
  const see = filler.see ?? entriesOf;
  const times: number[] = [];
  for (;;) {
    const place = pods(filler, kind);
    const before = see(place.filled);
    const exitCodes = await Promise.all(podsOf(kind).map(async each =>
      once(step, place, each, async running => { times.push(await secondsOf(running)); })));
    const state = stateOf(place.filled);
    expect({ exitCodes, left: short(see(place.filled)) })
      .toEqual({ exitCodes: exitCodes.map(() => 0), left: short(after(filler, before)) });
    place.remove();
    if (times.length >= 2) return { state, seconds: Math.max(...times) };
  }
}

/** Runs the step in a pod, and returns how it ended: null if it was killed, or else 0 or the reason. */
async function once(
  { container, image }: Step, { roots }: Pods, uid: string, meanwhile?: RunOptions['meanwhile'],
): Promise<number | string | null> {
  const env = container.env?.some(({ name }) => name === 'step_pod') ? { step_pod: uid } : undefined;
  const { exitCode, last } = await run(container, image, { folder: roots[uid], env, meanwhile });
  return exitCode ? `${exitCode}: ${last}` : exitCode;
}

/** The program is the only shell of a container that has a text of its own; what ends has no command line any more. */
const PROGRAM = /^\S*sh -c # cdk8s-init-containers /;

/** Waits until the program runs; to make a container takes longer than many of them. */
async function begun({ commandLines }: Running): Promise<void> {
  await until(() => commandLines().some(line => PROGRAM.test(line)));
}

async function secondsOf(running: Running): Promise<number> {
  await begun(running);
  const from = performance.now();
  await until(() => running.commandLines().every(line => line === ''));
  return (performance.now() - from) / 1000;
}

function killAfter(seconds: number): RunOptions['meanwhile'] {
  return async running => {
    await begun(running);
    await sleep(seconds * 1000);
    running.signal('SIGKILL');
    // What it was just doing in the volume may still come to its end.
    await until(() => running.commandLines().every(line => line === ''));
  };
}

/** Waits for at most ten seconds: a program may have ended before it was seen. */
async function until(condition: () => boolean): Promise<void> {
  for (const from = performance.now(); performance.now() < from + 10_000 && !condition();) await sleep(4);
}

/** All that there is in a folder: whose it is, who may what, and what it holds. */
function stateOf(folder: string): Entries {
  const texts = entriesOf(folder);
  return Object.fromEntries(['.', ...readdirSync(folder, { recursive: true }) as string[]].sort().map(path => {
    const { uid, gid, mode } = lstatSync(join(folder, path));
    return [path, `${uid}:${gid} ${mode.toString(8)} ${shortened(texts[path] ?? '')}`];
  }));
}

/** Entries whose texts can be shown where they differ. */
function short(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).map(([path, text]) =>
    [path, text === undefined ? undefined : shortened(text)]));
}

function shortened(text: string): string {
  if (text.length < 80) return text;
  return `${text.slice(0, 10)}... ${text.length} ${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
