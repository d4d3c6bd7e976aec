import { FileSource, GitAuth } from '../../src';
import {
  cloned, done, FILES, inEveryGitContainer, site, type Clone,
} from '../lab/clones';
import { entriesOf } from '../lab/entries';
import { gitNginx, missingNginx, stopNginxAfterwards } from '../lab/git-nginx';
import { certificate } from '../lab/servers';
import { configMap, secret } from '../lab/steps';

stopNginxAfterwards();

/** A repository behind nginx, which lets one token in, and what a step says to clone it. */
async function behindNginx() {
  const { repo, commit } = site();
  const server = await gitNginx(repo, { user: 'oauth2:s3cret', certificate: certificate! });
  const given: Clone = {
    auth: GitAuth.token(secret('token'), 'oauth2'),
    secrets: { token: 's3cret' },
    caCertificate: FileSource.fromConfigMap(configMap, 'ca.crt'),
    files: { '/in/ca-certificate': certificate!.cert },
  };
  return { repo, commit, server, given };
}

/** The requests of one clone. */
const CLONED = [
  'oauth2 GET /site.git/info/refs 200',
  'oauth2 POST /site.git/git-upload-pack 200',
  'oauth2 POST /site.git/git-upload-pack 200',
];

inEveryGitContainer([
  ['nginx lets a token in, which is in no argument, file or line of the log', async shell => {
    const { commit, server, given } = await behindNginx();
    await server.hold();
    const seen: string[] = [];

    const { end, root, said } = await cloned(server.url, shell, {
      ...given,
      meanwhile: async ({ until, commandLines }) => {
        const asksGit = () => {
          // The lab itself passes variables as arguments of what starts the container.
          seen.push(...commandLines().filter(line => !line.includes(' PATH=/bin ')));
          return seen.some(line => line.includes('git ') && line.includes('ls-remote'));
        };
        await until(asksGit);
        await server.startGit();
        await until(() => asksGit() && false);
      },
    });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
    expect(server.log().slice(-3)).toEqual(CLONED);
    expect([...seen, ...said, JSON.stringify(entriesOf(root))].filter(text => text.includes('s3cret'))).toEqual([]);
  }],
  ['nginx refuses a wrong token, and who has none, which ends the step at once', async shell => {
    const { server, given } = await behindNginx();
    await server.startGit();

    const wrong = await cloned(server.url, shell, { ...given, secrets: { token: 'other' } });
    const none = await cloned(server.url, shell, { ...given, auth: undefined, secrets: {} });

    expect([wrong.end, none.end]).toEqual([
      { exitCode: 1, last: 'URL: the server refuses the token', left: {} },
      { exitCode: 1, last: 'URL: the server wants to know who clones; give auth', left: {} },
    ]);
    expect(server.log().filter(line => !line.endsWith(' 401'))).toEqual([]);
  }],
  ['a commit that is on no branch any more is cloned through nginx', async shell => {
    const { repo, commit, server, given } = await behindNginx();
    await server.startGit();
    repo.git('commit', '-q', '--amend', '-m', 'another one', '--allow-empty');
    repo.git('push', '-q', '-f', 'origin', 'HEAD:main');

    const { end } = await cloned(server.url, shell, { ...given, revision: commit });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
  }],
  ['nginx that has no server of git behind it yet is asked again', async shell => {
    const { commit, server, given } = await behindNginx();

    const { end, said } = await cloned(server.url, shell, {
      ...given,
      meanwhile: async ({ logs }) => {
        await logs('status 502');
        await server.startGit();
      },
    });

    expect(end).toEqual({ exitCode: 0, last: done(commit, 3), left: FILES });
    expect(said).toContain('URL: status 502 (attempt N), N s of 60 s');
  }],
], missingNginx());
