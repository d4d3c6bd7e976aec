import { execFileSync } from 'child_process';
import { join } from 'path';
import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GitAuth } from '../../src';
import { cloned, done, FILES, inEveryGitContainer, served, site } from '../lab/clones';
import { entriesOf, modeOf } from '../lab/entries';
import { gitServer } from '../lab/git-servers';
import { certificate, httpServer, otherCertificate, redirect } from '../lab/servers';
import { secret } from '../lab/steps';

const token = GitAuth.token(secret('token'));
const CA = FileSource.fromConfigMap({ name: 'ca' } as kplus.IConfigMap, 'ca.crt');


inEveryGitContainer([
  ['with a depth .git is kept with so much history, clean, and without the token', async shell => {
    const { repo, commit: first } = site();
    const second = repo.commit({ 'index.html': 'second' });
    const { url } = await gitServer(repo, { user: 'x-access-token:s3cret' });
    const given = { auth: token, secrets: { token: 's3cret' } };
    const git = (out: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'safe.directory=*', '-C', out, ...args], { encoding: 'utf8' }).trim();

    const one = await cloned(url, shell, { ...given, depth: 1 });
    const all = await cloned(url, shell, { ...given, depth: 0 });

    expect([one, all].map(({ out, end }) => ({
      last: end.last,
      commits: git(out, 'log', '--format=%H').split('\n'),
      status: git(out, 'status', '--porcelain'),
      remote: git(out, 'remote', 'get-url', 'origin'),
      secret: JSON.stringify(end.left).includes('s3cret'),
    }))).toEqual([[second], [second, first]].map(commits =>
      ({ last: done(second, 4), commits, status: '', remote: url, secret: false })));
    expect(modeOf(join(one.out, '.git'))).toBe('755');
  }],
  ['a token is sent where one is wanted, and is in no argument, file or line of the log', async shell => {
    const { repo, commit } = site();
    const { url, requests } = await gitServer(repo, { user: 'oauth2:s3cret', certificate });
    const seen: string[] = [];

    const { end, root, said } = await cloned(url, shell, {
      auth: GitAuth.token(secret('token'), 'oauth2'),
      secrets: { token: 's3cret' },
      caCertificate: CA,
      files: { '/in/ca-certificate': certificate!.cert },
      meanwhile: async ({ until, commandLines }) => until(() => {
        // The lab itself passes variables as arguments of what starts the container.
        seen.push(...commandLines().filter(line => !line.includes(' PATH=/bin ')));
        return false;
      }),
    });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
    expect(requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
    expect(seen.some(line => line.includes('git'))).toBe(true);
    expect([...seen, ...said, JSON.stringify(entriesOf(root))].filter(text => text.includes('s3cret'))).toEqual([]);
  }],
  ['a wrong token, and none, end the step at once', async shell => {
    const { url, repo } = await served({ user: 'x-access-token:s3cret' });
    const { requests } = await gitServer(repo);

    const wrong = await cloned(url, shell, { auth: token, secrets: { token: 'other' } });
    const none = await cloned(url, shell);

    expect([wrong.end, none.end]).toEqual([
      { exitCode: 1, last: 'URL: the server refuses the token', left: {} },
      { exitCode: 1, last: 'URL: the server wants to know who clones; give auth', left: {} },
    ]);
    expect(requests).toEqual([]);
  }],
  ['a token that is missing, empty or ends in a line break is wrong, and not shown', async shell => {
    const { url } = await served();

    const ends = [];
    for (const secrets of [{}, { token: '' }, { token: 's3cret\n' }] as { [key: string]: string }[]) {
      const { end } = await cloned(url, shell, { auth: token, secrets });
      ends.push([end.exitCode, end.last]);
    }

    expect(ends).toEqual([
      [2, 'the token has no value'],
      [2, 'the token has no value'],
      [2, 'the token holds a line break; does its Secret end in one?'],
    ]);
  }],
  ['a token stays with its host: where a redirect leads nobody gets it', async shell => {
    const { url: elsewhere, requests } = await served({ user: 'x-access-token:s3cret' });
    const other = elsewhere.replace('127.0.0.1', 'localhost');
    const { url } = await httpServer((request, response) =>
      redirect(`${other}${request.url!.replace('/site.git', '')}`)(request, response));

    const { end } = await cloned(`${url}/site.git`, shell, { auth: token, secrets: { token: 's3cret' } });

    expect(end).toEqual({ exitCode: 1, last: 'URL: the server refuses the token', left: {} });
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  }],
  ['a redirect from https to http is not followed', async shell => {
    const { url: plain, requests } = await served();
    const { url } = await httpServer((request, response) =>
      redirect(`${plain}${request.url!.replace('/site.git', '')}`)(request, response), 0, certificate);

    const { end } = await cloned(`${url}/site.git`, shell, {
      caCertificate: CA, files: { '/in/ca-certificate': certificate!.cert }, timeout: Duration.seconds(4),
    });

    expect(end.exitCode).not.toBe(0);
    expect(requests).toEqual([]);
  }],
  ['a certificate that is not trusted ends the step at once', async shell => {
    const { url } = await served({ certificate });

    const none = await cloned(url, shell);
    const other = await cloned(url, shell, {
      caCertificate: CA, files: { '/in/ca-certificate': otherCertificate!.cert },
    });

    expect([none.end, other.end].map(({ exitCode, last }) => [exitCode, last.replace(/trusted: .*/, 'trusted')]))
      .toEqual([[1, 'URL: certificate not trusted'], [1, 'URL: certificate not trusted']]);
  }],
]);
