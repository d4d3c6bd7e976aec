import * as kplus from 'cdk8s-plus-28';
import { CloneRepository, FileSource, GitAuth, type CloneRepositoryProps } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const url = 'https://git.example.com/shop/site.git';
const secret = { name: 'git' } as kplus.ISecret;
const token = GitAuth.token(kplus.EnvValue.fromSecretValue({ secret, key: 'token' }));
const sshKey = GitAuth.sshKey(FileSource.fromSecret(secret, 'key'), FileSource.inline('hosts\n'));

function clone(props: Partial<CloneRepositoryProps>): () => unknown {
  return () => new CloneRepository(deployment(), 'clone', { url, ...props });
}

const NO_CREDENTIALS = "CloneRepository: 'url' must not hold credentials, which would be readable in the YAML, "
  + 'got a URL with "@"; give auth: GitAuth.token(EnvValue.fromSecretValue({ secret, key })) [shop/web/clone]';

testRefusals('CloneRepository', [
  ['a URL with a token', clone({ url: 'https://ghp_abc@github.com/a/b.git' }), NO_CREDENTIALS],
  ['a URL with a user and a password', clone({ url: 'http://me:secret@github.com/a/b.git' }), NO_CREDENTIALS],
  ['a password in a URL of ssh', clone({ url: 'ssh://git:secret@host/a.git', auth: sshKey }),
    "CloneRepository: 'url' must not hold a password, which would be readable in the YAML, got a URL with \"@\"; "
      + 'give auth: GitAuth.sshKey(key, knownHosts) [shop/web/clone]'],
  ['a URL with a query', clone({ url: `${url}?token=abc` }),
    "CloneRepository: 'url' must not hold \"?\", behind which git adds its own, "
      + `got "${url}?..." [shop/web/clone]`],
  ['a URL of another scheme', clone({ url: 'file:///srv/site.git' }),
    "CloneRepository: 'url' must begin with https://, http:// or ssh://, or be as git@host:path, "
      + 'got "file:///srv/site.git" [shop/web/clone]'],
  ['a URL without a repository', clone({ url: 'https://git.example.com/' }),
    "CloneRepository: 'url' must name a repository, got \"https://git.example.com/\" [shop/web/clone]"],
  ['a host that is an option of ssh', clone({ url: 'ssh://-oProxyCommand=x/a', auth: sshKey }),
    "CloneRepository: 'url' must name a host that is a host name or an IP address, "
      + 'got "ssh://-oProxyCommand=x/a" [shop/web/clone]'],
  ['a repository that is an option of git', clone({ url: 'git@host:--upload-pack=x', auth: sshKey }),
    "CloneRepository: 'url' must name a repository that begins with no \"-\", "
      + 'got "git@host:--upload-pack=x" [shop/web/clone]'],
  ['a port that is none', clone({ url: 'ssh://git@host:x/a', auth: sshKey }),
    "CloneRepository: 'url' must name a port between 1 and 65535, got \"ssh://git@host:x/a\" [shop/web/clone]"],
  ['a revision that is an option of git', clone({ revision: '--upload-pack=x' }),
    "CloneRepository: 'revision' must be a branch, a tag or a commit id, got \"--upload-pack=x\" [shop/web/clone]"],
  ['a revision that is an expression', clone({ revision: 'HEAD~1' }),
    "CloneRepository: 'revision' must be a branch, a tag or a commit id, got \"HEAD~1\" [shop/web/clone]"],
  ['an empty revision', clone({ revision: '' }),
    "CloneRepository: 'revision' must be a branch, a tag or a commit id, got \"\" [shop/web/clone]"],
  ['a folder that leads outside', clone({ subdirectory: '../x' }),
    "CloneRepository: 'subdirectory' must not contain \"..\", got \"../x\" [shop/web/clone]"],
  ['a folder beside .git', clone({ subdirectory: 'docs', depth: 1 }),
    "CloneRepository: 'subdirectory' must be left out where .git is kept, in which all else would be missing, "
      + 'got "docs"; leave out depth, or show the app a part of the directory [shop/web/clone]'],
  ['half of a commit', clone({ depth: 0.5 }),
    "CloneRepository: 'depth' must be a whole number of at least 0, got 0.5 [shop/web/clone]"],
  ['a key for https', clone({ auth: sshKey }),
    "CloneRepository: 'auth' must be a token for a URL of https, got a key; "
      + 'write GitAuth.token(token), or an ssh:// URL [shop/web/clone]'],
  ['a token for ssh', clone({ url: 'git@host:a', auth: token }),
    "CloneRepository: 'auth' must be a key for a URL of ssh, got a token; "
      + 'write GitAuth.sshKey(key, knownHosts), or an https:// URL [shop/web/clone]'],
  ['nobody for ssh', clone({ url: 'git@host:a' }),
    "CloneRepository: 'auth' must be a key for a URL of ssh, got nothing; "
      + 'write GitAuth.sshKey(key, knownHosts), or an https:// URL [shop/web/clone]'],
  ['certificates for plain http', clone({ url: 'http://git/a', caCertificate: FileSource.inline('PEM') }),
    "CloneRepository: 'caCertificate' must be left out for http, got inline text [shop/web/clone]"],
]);

testAcceptance('CloneRepository', [
  ['a URL of ssh with a port', clone({ url: 'ssh://git@[::1]:2222/~me/site.git', auth: sshKey })],
  ['what git and scp write', clone({ url: 'git@host:shop/site.git', auth: sshKey })],
  ['a branch with slashes', clone({ revision: 'feature/a-b.c_d@e' })],
]);
