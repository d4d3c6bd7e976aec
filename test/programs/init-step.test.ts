import * as kplus from 'cdk8s-plus-28';
import { help } from '../lab/images';
import { run } from '../lab/run';
import { inEveryShell, missing, type Case } from '../lab/shells';
import { bounded } from '../lab/steps';

const NASTY = [
  '', ' ', '  a  b ', '"', '\'', '\\', '\\n', '$', '$$', '$(HOST)', '$$(HOST)', '$HOST', '${HOST}', '$(id)', '`id`',
  '*', '-k', '--', '%s', 'two\nlines\n', 'é😀', '5$é', '#', ';', '&',
];

inEveryShell([
  ['a program that ends in time ends the step', async shell => {
    const { exitCode, lines } = await run(bounded(20, ['echo', 'migrated']), shell);

    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: ['migrated'] });
  }],
  ['its exit code is passed through', async shell => {
    const { exitCode, lines } = await run(bounded(20, ['ash', '-c', 'echo failed >&2; exit 7']), shell);

    expect({ exitCode, lines }).toEqual({ exitCode: 7, lines: ['failed'] });
  }],
  ['a program that is not there is not found', async shell => {
    expect((await run(bounded(20, ['no-such-program']), shell)).exitCode).toBe(127);
  }],
  ['a program that does not end is ended', async shell => {
    const { exitCode, said, last, seconds } = await run(
      bounded(1, ['ash', '-c', 'echo started; exec sleep 30']),
      shell,
    );

    expect({ exitCode, first: said[0], last })
      .toEqual({ exitCode: 124, first: 'started', last: 'gave up after 1 s: ash did not end' });
    expect(seconds).toBeGreaterThan(0.9);
    expect(seconds).toBeLessThan(6);
  }],
  ...ignoringTerm(),
  ['a program may end by itself after TERM, and it was too late nevertheless', async shell => {
    const { exitCode, said } = await run(
      bounded(1, ['ash', '-c', 'trap "echo cleaned up; exit 0" TERM; sleep 30 & wait']),
      shell,
    );

    expect({ exitCode, said }).toEqual({ exitCode: 124, said: ['cleaned up', 'gave up after 1 s: ash did not end'] });
  }],
  ['TERM to the step reaches the program, which may clean up', async shell => {
    const cleaning = 'trap "echo cleaned up; exit 0" TERM; echo started; sleep 30 & wait';

    const { exitCode, said, last, seconds } = await run(bounded(20, ['ash', '-c', cleaning]), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('started');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, said, last })
      .toEqual({ exitCode: 143, said: ['started', 'cleaned up', 'stopped by a signal'], last: 'stopped by a signal' });
    expect(seconds).toBeLessThan(2);
  }],
  ['TERM to the step ends a program that knows nothing of it', async shell => {
    const { exitCode, last, seconds } = await run(bounded(20, ['ash', '-c', 'echo started; exec sleep 30']), shell, {
      meanwhile: async ({ logs, signal }) => {
        await logs('started');
        signal('SIGTERM');
      },
    });

    expect({ exitCode, last }).toEqual({ exitCode: 143, last: 'stopped by a signal' });
    expect(seconds).toBeLessThan(2);
  }],
  ['no variable that the library uses itself comes between', async shell => {
    const names = [
      'limit', 'part', 'a', 'child', 'started', 'newline', 'h', 'now', 'status', 'elapsed', 'start', 'step_timeout',
    ];
    const env = Object.fromEntries(names.map(name => [name, kplus.EnvValue.fromValue(`${name}=100; exit 7`)]));

    const { exitCode, lines } = await run(bounded(20, ['env'], { env }), shell);

    const values = Object.fromEntries(lines.map(line => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]));
    expect({ exitCode, values: names.map(name => values[name]) })
      .toEqual({ exitCode: 0, values: names.map(name => `${name}=100; exit 7`) });
  }],
  ['arguments and variables reach the program exactly', async shell => {
    const env = { HOST: kplus.EnvValue.fromValue('expanded'), NASTY: kplus.EnvValue.fromValue(NASTY.join('|')) };
    const container = bounded(20, ['ash', '-c', 'printf "<%s>" "$NASTY" "$@"', 'name'], { args: NASTY, env });

    const { exitCode, lines } = await run(container, shell);

    expect({ exitCode, output: lines.join('\n') })
      .toEqual({ exitCode: 0, output: [NASTY.join('|'), ...NASTY].map(each => `<${each}>`).join('') });
  }],
]);

function ignoringTerm(): Case[] {
  if (!help('timeout').includes('-k')) {
    missing('a busybox with timeout -k');
    return [];
  }
  return [['a program that ignores TERM is ended all the same', async shell => {
    const { exitCode, last, seconds } = await run(bounded(1, ['ash', '-c', 'trap "" TERM; sleep 30; sleep 30']), shell);

    expect({ exitCode, last }).toEqual({ exitCode: 124, last: 'gave up after 1 s: ash did not end' });
    expect(seconds).toBeLessThan(20);
  }]];
}
