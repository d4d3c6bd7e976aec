/** What can happen to an API server and its token while a wait watches. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { apiServer, closeApiServersAfterwards, event } from '../lab/api-server';
import { COMPLETED, JOB, TOKEN, complete, job, waitFor } from '../lab/conditions';
import { withScripts } from '../lab/images';
import { sleep } from '../lab/process';
import { certificate, otherCertificate } from '../lab/servers';
import { inEveryShell, missing } from '../lab/shells';

closeApiServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'conditions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const running = job([], { active: 1 });
const RUNNING = 'Job migrate in shop: running: 1 active, 0 succeeded, 0 failed pods, N s of 30 s';
const COMPLETE = 'Job migrate in shop: complete, N s of 30 s';

if (certificate === undefined) {missing('openssl');} else {
  inEveryShell([
    ['an API server that is away for three seconds is waited for', async shell => {
      const server = await apiServer({ [JOB]: running });

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        timeout: 30,
        meanwhile: async ({ until, logs }) => {
          await until(() => server.watches > 0);
          server.stop();
          await logs('connection refused');
          await sleep(3000);
          server.apply(JOB, complete);
          await server.start();
        },
      });

      expect([exitCode, said.filter(line => !line.includes('still waiting'))]).toEqual([0, [
        RUNNING,
        'Job migrate in shop: the connection broke off, looks again, N s of 30 s',
        'Job migrate in shop: connection refused or no route, N s of 30 s',
        COMPLETE,
      ]]);
    }],
    ['a reason that is half a minute old is said again when the server sends a bookmark', async shell => {
      const server = await apiServer({ [JOB]: running });
      const bookmark = event('BOOKMARK', { kind: 'Job', metadata: { resourceVersion: '500' } });

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        timeout: 50,
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          server.send(JOB, bookmark);
          await sleep(31_000);
          server.send(JOB, bookmark + bookmark);
          server.apply(JOB, complete);
        },
      });

      const lines = [RUNNING, RUNNING, COMPLETE].map(line => line.replace('30 s', '50 s'));
      expect([exitCode, said.filter(line => !line.includes('still waiting'))]).toEqual([0, lines]);
    }],
    ['a token that is renewed is read anew', async shell => {
      const server = await apiServer({ [JOB]: running });
      server.token = 'very-secret';
      const pod = mkdtempSync(join(folder, 'pod-'));
      mkdirSync(dirname(pod + TOKEN), { recursive: true });

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        folder: pod,
        timeout: 30,
        meanwhile: async ({ until, logs }) => {
          await until(() => server.watches > 0);
          server.token = 'renewed';
          server.endWatches();
          await logs('refuses the token');
          server.apply(JOB, complete);
          writeFileSync(pod + TOKEN, 'renewed');
        },
      });

      expect([exitCode, said])
        .toEqual([0, [RUNNING, 'Job migrate in shop: the API server refuses the token, N s of 30 s', COMPLETE]]);
    }],
    ['a server of another authority is not believed', async shell => {
      const server = await apiServer({ [JOB]: complete });
      const ca = join(dirname(TOKEN), 'ca.crt');

      const { exitCode, last } = await waitFor(COMPLETED, server, shell, {
        timeout: 3, files: { [ca]: otherCertificate!.cert },
      });

      expect({ exitCode, last }).toEqual({
        exitCode: 124,
        last: 'gave up: Job migrate in shop: certificate not trusted: self-signed, N s of 3 s',
      });
    }],
    ['a curl that is killed is said to be so', async shell => {
      const server = await apiServer({ [JOB]: complete });
      const image = withScripts({ curl: 'kill -s KILL $$' }, shell, join(folder, `image-${shell.name}`));

      const { exitCode, last } = await waitFor(COMPLETED, server, { ...shell, ...image }, { timeout: 3 });

      expect({ exitCode, last }).toEqual({
        exitCode: 124,
        last: 'gave up: Job migrate in shop: curl was killed; not enough memory?, N s of 3 s',
      });
    }],
  ]);
}
