/** What many replicas do is simulated for the bench: here as many as fit run, and the simulation has to agree. */
import * as net from 'net';
import { Duration } from 'cdk8s';
import { attemptOf, restOf, simulated } from '../../bench/simulation';
import { Endpoint } from '../../src';
import { inLab } from '../lab/container';
import { KINDS } from '../lab/images';
import { sleep } from '../lab/process';
import { run } from '../lab/run';
import { closeServersAfterwards, started } from '../lab/servers';
import { missing, withShells, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();
jest.setTimeout(120_000);
jest.retryTimes(2);

const REPLICAS = 20;
/** They start one after the other, so that they do not take the processor from each other. */
const WITHIN = 10;
const LONGEST = 30;
/** Seconds since the first one started. */
const STRETCHES = [[0, 10], [10, 20], [20, 30]];
const PROGRAM = { hold: 0.1, pause: restOf };

/** Accepts and closes at once: an attempt makes two connections there, and the second one tells that it is closed. */
async function closing(): Promise<{ port: number; connections: number[] }> {
  const connections: number[] = [];
  const { port } = await started(net.createServer(socket => {
    connections.push(performance.now());
    socket.destroy();
  }), 0);
  return { port, connections };
}

function waitAt(port: number, seconds: number, shell: Shell) {
  return run(waiting([Endpoint.tcp('127.0.0.1', port)], { timeout: Duration.seconds(seconds) }), shell, {
    longest: seconds + 10,
  });
}

function within(times: readonly number[], [from, to]: readonly number[]): number {
  return times.filter(time => time >= from && time < to).length;
}

/** How long an attempt takes here and now. */
async function attempt(shell: Shell): Promise<number> {
  const seconds = 5;
  const { lines } = await waitAt((await closing()).port, seconds, shell);
  return attemptOf(PROGRAM, Number(/\(attempt (\d+)\)/.exec(lines.at(-1)!)![1]), seconds);
}

/** When twenty real programs tried, in seconds since the first one started. */
async function real(shell: Shell): Promise<number[]> {
  const { port, connections } = await closing();
  const since = performance.now();
  await Promise.all(Array.from({ length: REPLICAS }, async (_, index) => {
    const after = index * WITHIN / REPLICAS;
    await sleep(after * 1000);
    await waitAt(port, Math.ceil(LONGEST - after), shell);
  }));
  return connections.filter((_, index) => index % 2 === 0).map(time => (time - since) / 1000);
}

const SENTENCE = 'twenty programs try as often as the simulation says, within 15 %';

async function compare(shell: Shell): Promise<void> {
  const many = 50;
  const herd = { replicas: REPLICAS * many, within: WITHIN, upAfter: LONGEST };
  const simulation = simulated({ ...PROGRAM, attempt: await attempt(shell) }, herd);
  const tried = await real(shell);

  for (const stretch of STRETCHES) {
    const ratio = within(tried, stretch) / (within(simulation.connections, stretch) / many);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  }
}

if (inLab) withShells(KINDS.slice(0, 1), [SENTENCE], shell => test(SENTENCE, () => compare(shell)));
else missing('root', [SENTENCE]);
