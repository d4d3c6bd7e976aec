import * as kplus from 'cdk8s-plus-28';
import { run, type Run } from '../lab/run';
import { inEveryShell } from '../lab/shells';
import { repeated } from '../lab/steps';

const end = ({ exitCode, last }: Run) => ({ exitCode, last });

inEveryShell([
  ['when time is over, the reason is what the last try printed last', async shell => {
    const program = String.raw`printf 'one\n\n\ntwo\n\033[31mno route' >&2; exit 5`;

    const { exitCode, said, last } = await run(repeated(['ash', '-c', program], { timeout: 2 }), shell);

    expect({ exitCode, printed: said.slice(0, 4), last }).toEqual({
      exitCode: 124,
      printed: ['one', '', 'two', '\u001b[31mno route'],
      last: 'gave up: ash: exit code 5: [31mno route (attempt N), N s of 2 s',
    });
  }],
  ['a final exit code ends the step at once', async shell => {
    const program = repeated(['ash', '-c', 'echo "no such role"; exit 7'], { finalExitCodes: [7, 8] });

    expect(end(await run(program, shell)))
      .toEqual({ exitCode: 7, last: 'ash: exit code 7, which is final: no such role' });
  }],
  ['a program that is not there is not run again', async shell => {
    const { exitCode, last } = await run(repeated(['no-such-program']), shell);

    expect({ exitCode, last }).toEqual({
      exitCode: 127, last: expect.stringMatching(/^no-such-program: exit code 127, which is final: .*no-such-program/),
    });
  }],
  ['a program that hangs until time is over is the reason', async shell => {
    expect(end(await run(repeated(['ash', '-c', 'echo asking; exec sleep 60'], { timeout: 2 }), shell)))
      .toEqual({ exitCode: 124, last: 'gave up: ash: did not end in 2 s: asking (attempt N), N s of 2 s' });
  }],
  ['what a program leaves behind does not keep the step', async shell => {
    const { exitCode, seconds } = await run(repeated(['ash', '-c', 'sleep 60 & echo done']), shell);

    expect(exitCode).toBe(0);
    expect(seconds).toBeLessThan(30);
  }],
  ['TERM to the step reaches the program, which may clean up', async shell => {
    const cleaning = 'trap "echo cleaned up; exit 0" TERM; echo started; sleep 60 & wait';

    const { exitCode, said, last } = await run(repeated(['ash', '-c', cleaning]), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('started');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, said, last })
      .toEqual({ exitCode: 143, said: ['started', 'cleaned up', 'stopped by a signal'], last: 'stopped by a signal' });
  }],
  ['TERM between two tries ends the step at once', async shell => {
    const { exitCode, last, seconds } = await run(repeated(['false'], { retryInterval: 60, timeout: 90 }), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('exit code 1');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, last }).toEqual({ exitCode: 143, last: 'stopped by a signal' });
    expect(seconds).toBeLessThan(20);
  }],
  ['no variable that the library uses itself comes between', async shell => {
    const names = ['start', 'elapsed', 'now', 'cents', 'tries', 'last', 'line', 'reason', 'newline', 'status', 'left'];
    const env = Object.fromEntries(names.map(name => [name, kplus.EnvValue.fromValue(`${name}=100; exit 7`)]));

    const { exitCode, lines } = await run(repeated(['env'], { env }), shell);

    const values = Object.fromEntries(lines.map(line => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]));
    expect({ exitCode, values: names.map(name => values[name]) })
      .toEqual({ exitCode: 0, values: names.map(name => `${name}=100; exit 7`) });
  }],
]);
