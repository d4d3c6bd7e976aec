import { Duration } from 'cdk8s';
import { cloned, done, FILES, inEveryGitContainer, served, site } from '../lab/clones';
import { gitServer } from '../lab/git-servers';
import { closedPort, status, tcpServer } from '../lab/servers';

inEveryGitContainer([
  ['a server that accepts connections and says nothing is given up at the deadline', async shell => {
    const { port } = await tcpServer();

    const { end } = await cloned(`http://127.0.0.1:${port}/site.git`, shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: no answer in time; a NetworkPolicy? (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['a port on which nothing listens is tried again until the deadline', async shell => {
    const url = `http://127.0.0.1:${await closedPort()}/site.git`;

    const { end } = await cloned(url, shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: connection refused or no route (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['a name that does not resolve is tried again until the deadline', async shell => {
    const { end } = await cloned('http://nowhere.test/site.git', shell, { timeout: Duration.seconds(3) });

    expect(end).toEqual({
      exitCode: 124,
      last: 'gave up: URL: name does not resolve; a typo, or a NetworkPolicy that stops DNS? (attempt N), N s of 3 s',
      left: {},
    });
  }],
  ['what stops in the middle is given up at the deadline, and leaves nothing', async shell => {
    const { repo } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });

    const { end } = await cloned(stopping.url, shell, { timeout: Duration.seconds(4), before: { 'old.txt': 'old' } });

    // git itself may find it too slow shortly before the deadline.
    const last = expect.stringMatching(/^gave up: URL: (not cloned after 4 s$|no answer in time)/);
    expect(end).toEqual({ exitCode: 124, last, left: { 'old.txt': 'old' } });
  }],
  ['TERM in the middle of a fetch ends the step at once, and leaves nothing', async shell => {
    const { repo } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });

    const { end, seconds } = await cloned(stopping.url, shell, {
      meanwhile: async ({ until, signal }) => {
        await until(() => stopping.requests.some(({ method }) => method === 'POST'));
        signal('SIGTERM');
      },
    });

    expect(end).toEqual({ exitCode: 143, last: 'stopped by a signal', left: {} });
    expect(seconds).toBeLessThan(5);
  }],
  ['what a kill leaves in the middle of a fetch is removed by the next run, which succeeds', async shell => {
    const { repo, commit } = site();
    const stopping = await gitServer(repo, { stopsAtFetch: true });
    const { url } = await gitServer(repo);

    const { root, end: killed } = await cloned(stopping.url, shell, {
      meanwhile: async ({ until, signal }) => {
        await until(() => stopping.requests.length > 3);
        signal('SIGKILL');
      },
    });
    const { end } = await cloned(url, shell, { root });

    expect(killed.exitCode).toBeNull();
    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
  }],
  ['a server that is not ready yet is asked again', async shell => {
    const { url, commit } = await served({ first: [status(503), status(429)] });

    const { end, said } = await cloned(url, shell);

    expect(end.last).toBe(done(commit, 3));
    expect(said).toContain('URL: status 503 (attempt N), N s of 60 s');
  }],
  ['a server that forbids it, or has no such repository, ends the step at once', async shell => {
    const { url } = await served({ first: [status(403)] });

    expect((await cloned(url, shell)).end).toEqual({ exitCode: 1, last: 'URL: status 403', left: {} });
    expect((await cloned(url.replace('site.git', 'nowhere.git'), shell)).end).toEqual({
      exitCode: 1, last: 'URL: no such repository, or not for who clones', left: {},
    });
  }],
]);
