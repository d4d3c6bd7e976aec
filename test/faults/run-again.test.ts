import { run } from '../lab/run';
import { inEveryContainer } from '../lab/shells';
import { repeated } from '../lab/steps';

/** A program that fails until it has run so many times. */
const upAfter = (tries: number) =>
  `echo x >>/out/tries; [ "$(wc -l </out/tries)" -ge ${tries} ] || { echo "not yet"; exit 3; }`;

inEveryContainer([
  ['a program that fails is run again until it ends well', async shell => {
    const { exitCode, said } = await run(repeated(['ash', '-c', upAfter(3)], { timeout: 30 }), shell);

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        'not yet', 'ash: exit code 3: not yet (attempt N), N s of 30 s',
        'not yet', 'ash: exit code 3: not yet (attempt N), N s of 30 s',
        'ash: done (attempt N), N s of 30 s',
      ],
    });
  }],
  ['a try that hangs is stopped, and there is another one', async shell => {
    const program = 'echo x >>/out/tries; [ "$(wc -l </out/tries)" -ge 2 ] || { echo asking; exec sleep 60; }';

    const { exitCode, said } = await run(
      repeated(['ash', '-c', program], { timeout: 30, attemptTimeout: 2 }), shell,
    );

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: [
        'asking', 'ash: did not end in 2 s: asking (attempt N), N s of 30 s', 'ash: done (attempt N), N s of 30 s',
      ],
    });
  }],
  ['arguments reach the program exactly, in each try', async shell => {
    const args = ['', ' ', '  a  b ', '"', '\\', '$(HOST)', '$$', '*', '-k', '%s', 'é😀'];
    const program = `${upAfter(2)}; printf '<%s>' "$@"`;

    const { exitCode, said } = await run(repeated(['ash', '-c', program, 'name'], { args }), shell);

    expect({ exitCode, said: said.at(-2) }).toEqual({ exitCode: 0, said: args.map(arg => `<${arg}>`).join('') });
  }],
]);
