/** How long attempts and pauses take. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { withScripts } from '../lab/images';
import { run } from '../lab/run';
import { closeServersAfterwards } from '../lab/servers';
import { inEveryShell, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'pauses-'));
afterAll(() => rmSync(folder, { recursive: true }));

let last = 0;

/** An image in which a tool is a script. */
function withScript(tool: string, script: string, shell: Shell): Shell {
  last += 1;
  return { ...shell, ...withScripts({ [tool]: script }, shell, join(folder, `${shell.name}-${last}`)) };
}

const database = Endpoint.tcp('127.0.0.1', 1);

inEveryShell([
  ['attempts that hang are short at first, and grow up to their limit', async shell => {
    const image = withScript('nc', 'exec sleep 100', shell);

    const limits = { timeout: Duration.seconds(18), attemptTimeout: Duration.seconds(3) };

    const { said } = await run(waiting([database], limits), image);

    const waited = said.map(line => Number(/no answer in (\d+) s/.exec(line)?.[1]));
    expect({ first: waited[0], all: [...new Set(waited)] }).toEqual({ first: 1, all: [1, 2, 3] });
  }],
  ['pauses grow up to the poll interval, and differ by chance by up to a tenth', async shell => {
    const image = withScript('sleep', 'echo "slept $1" >&2\nexec busybox sleep "$1"', shell);

    const { lines } = await run(waiting([database], { timeout: Duration.seconds(25) }), image);

    const pauses = lines.flatMap(line => /^slept (.*)$/.exec(line)?.[1] ?? []).map(Number).slice(0, -1);
    expect({ least: Math.min(...pauses), most: Math.max(...pauses) }).toEqual({ least: 0.1, most: 1 });
    expect([...new Set(pauses.slice(-12))].sort()).toEqual([0.9, 1]);
  }],
  ['without a source of chance they do not differ', async shell => {
    const image = withScript('sleep', 'echo "slept $1" >&2\nexec busybox sleep "$1"', shell);
    const container = waiting([database], { timeout: Duration.seconds(14) });
    const [sh, option, text] = container.command;

    const { lines } = await run(
      { ...container, command: [sh, option, text.replace('/proc/sys/kernel/random/uuid', '/nowhere')] },
      image,
    );

    const pauses = lines.flatMap(line => /^slept (.*)$/.exec(line)?.[1] ?? []);
    expect({ pauses: [...new Set(pauses.slice(-3, -1))], others: lines.filter(line => line.includes('nowhere')) })
      .toEqual({ pauses: ['1.0'], others: [] });
  }],
]);
