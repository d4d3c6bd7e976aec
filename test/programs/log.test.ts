/** How much a wait says while it lasts. */
import { Duration } from 'cdk8s';
import { Endpoint, type WaitForServiceProps } from '../../src';
import { run } from '../lab/run';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';
import { inEveryShell, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const TWENTY_FIVE = Duration.seconds(25);

/** What is said in 25 s. */
async function saidOf(endpoint: Endpoint, shell: Shell, props: Partial<WaitForServiceProps> = {}): Promise<string[]> {
  return (await run(waiting([endpoint], { timeout: TWENTY_FIVE, ...props }), shell)).said;
}

/** A server that is up and down in turn. */
async function flapping(codes: readonly number[]): Promise<Endpoint> {
  const answers = Array.from({ length: 200 }, (_, index) => status(codes[index % codes.length]));
  return Endpoint.http((await httpServer(answers)).url);
}

inEveryShell([
  // In 2 minutes that is 28 lines, 30 and 27.
  ['a wait says how it stands every 4.5 s, and of what changes all the time only a few lines more', async shell => {
    const [quiet, changing, inARow] = await Promise.all([
      saidOf(Endpoint.tcp('127.0.0.1', await closedPort()), shell),
      saidOf(await flapping([500, 503]), shell),
      saidOf(await flapping([200, 503]), shell, { successThreshold: 3 }),
    ]);

    expect(inARow.filter(line => line.startsWith('still'))).toHaveLength(2);
    expect([quiet, changing, inARow].map(said => said.length)).toEqual([6 + 1, 6 + 2 + 1, 11 + 2 + 1]);
  }],
]);
