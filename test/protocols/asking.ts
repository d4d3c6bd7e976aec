/** Asks a real server what it says, in a container of the shell image. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Endpoint, type AppProtocol } from '../../src';
import type { Container } from '../lab/container';
import { KINDS, makeImage, type Image } from '../lab/images';
import { run, type Run, type RunOptions } from '../lab/run';
import { missing, notMade } from '../lab/shells';
import { secret, waiting } from '../lab/steps';

let image: Image;

/** Beyond which a server is not up any more in these tests. */
const SOON = 90;

/** These tests, of a server whose program is this file; without it they are listed as not run. */
export function withServer(name: string, program: string | undefined, tests: (program: string) => void): void {
  jest.setTimeout(180_000);
  if (KINDS[0].shell === undefined) return missing('what .ci/lab makes');
  if (program === undefined) return missing(name);
  const folder = mkdtempSync(join(tmpdir(), 'images-'));
  image = makeImage(join(folder, 'image'), KINDS[0]);
  afterAll(() => rmSync(folder, { recursive: true }));
  describe(name, () => tests(program));
}

/** The same of a server that not everybody can have: where it is not there, that is no failure. */
export function withServerIfThere(name: string, program: string | undefined, tests: (program: string) => void): void {
  if (program === undefined) notMade(name, '.ci/protocols');
  else withServer(name, program, tests);
}

/** How a wait of so many seconds ends: `up`, or the last result. */
export async function answerAt(
  port: number, appProtocol: AppProtocol, { host = '127.0.0.1', seconds = 2 } = {},
): Promise<string> {
  return answerOf(Endpoint.tcp(host, port, { appProtocol }), seconds);
}

/** The same of a URL that only the pod knows. */
export function answerToUrl(url: string, seconds = 2): Promise<string> {
  return answerOf(Endpoint.urlFrom(secret('url')), seconds, { url });
}

async function answerOf(endpoint: Endpoint, seconds: number, secrets: RunOptions['secrets'] = {}): Promise<string> {
  const { last } = await run(waiting([endpoint], {
    timeout: Duration.seconds(seconds),
    attemptTimeout: Duration.seconds(Math.min(seconds, 5)),
  }), image, { longest: seconds + 20, secrets });
  return last.replace('gave up: ', '').replace(/^\w+:\/\/\S+: /, '').replace(/ \(attempt N\), .*/, '');
}

/** How a step ends in this image. */
export async function endOf(
  step: Container, secrets: RunOptions['secrets'],
): Promise<Pick<Run, 'exitCode' | 'last' | 'files'>> {
  const { exitCode, last, files } = await run(step, image, { longest: SOON, secrets });
  return { exitCode, last, files };
}

/** Waits until the server is up. */
export async function isUp(port: number, appProtocol: AppProtocol): Promise<void> {
  expect(await answerAt(port, appProtocol, { seconds: SOON })).toBe('up');
}
