/** Each image has the busybox and the curl that people run, not whatever this machine has. */
import { run } from '../lab/run';
import { inEveryShell } from '../lab/shells';

inEveryShell([
  ['the tools are of the versions that are meant', async ({ name, ...image }) => {
    const { exitCode, said } = await run(
      { command: ['sh', '-c', 'busybox | head -n 1 && curl --version | head -n 1'] },
      image,
    );

    const [busybox, curl] = said.map(line => /^(BusyBox v|curl )\d+\.\d+/.exec(line)?.[0]);
    expect({ exitCode, busybox })
      .toEqual({ exitCode: 0, busybox: name.startsWith('busybox-1.38') ? 'BusyBox v1.38' : 'BusyBox v1.37' });
    if (image.moving) expect(Number(curl?.split('.')[1])).toBeGreaterThan(22);
    else expect(curl).toBe('curl 8.14');
  }],
]);
