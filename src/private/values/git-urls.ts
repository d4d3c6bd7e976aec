import { checkText, isHost, isPortText } from './checks';
import { inWords, refuse, refuseWith, type Place } from './refuse';
import { checkUrl } from './urls';

/** How a repository is fetched. */
export type GitScheme = 'https' | 'http' | 'ssh';

/** Parts of a URL of ssh, or of what git and scp write instead: `git@host:path`. */
const SSH = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::([^/]*))?\/(.+)$/;
const SCP = /^([^@/:]+)@(\[[^\]]*\]|[^:/]*):()(.+)$/;

/** Refuses what is no URL of a repository, and tells how it is fetched. */
export function checkGitUrl(place: Place, prop: string, url: string): GitScheme {
  checkText(place, prop, url);
  if (/^https?:/.test(url)) {
    checkWebUrl(place, prop, url);
    return url.startsWith('https:') ? 'https' : 'http';
  }
  const parts = SSH.exec(url) ?? SCP.exec(url);
  if (!parts) {
    const must = 'begin with https://, http:// or ssh://, or be as git@host:path';
    return refuse(place, prop, must, withoutUser(url));
  }
  checkSshUrl(place, prop, url, parts);
  return 'ssh';
}

function checkWebUrl(place: Place, prop: string, url: string): void {
  const [, authority, path] = /^https?:\/\/([^/?#]*)(.*)$/.exec(url) ?? [];
  if (authority?.includes('@')) {
    refuseWith(place, prop, {
      must: 'not hold credentials, which would be readable in the YAML',
      got: withoutUser(url),
      remedy: 'give auth: GitAuth.token(EnvValue.fromSecretValue({ secret, key }))',
    });
  }
  checkUrl(place, prop, url);
  if (path.includes('?')) {
    refuse(place, prop, 'not hold "?", behind which git adds its own', url.replace(/\?.*$/, '?...'));
  }
  if (path.length < 2) refuse(place, prop, 'name a repository', url);
}

function checkSshUrl(
  place: Place,
  prop: string,
  url: string,
  [, user = '', host, port = '', path]: readonly string[],
): void {
  if (user.includes(':')) {
    refuseWith(place, prop, {
      must: 'not hold a password, which would be readable in the YAML',
      got: withoutUser(url),
      remedy: 'give auth: GitAuth.sshKey(key, knownHosts)',
    });
  }
  if (!/^[\x21-\x7e]+$/.test(url)) {
    refuse(place, prop, 'consist of printable ASCII characters without spaces', url);
  }
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (user.startsWith('-') || !(isHost(bare, bare) || /^\[[0-9a-f:.]+\]$/i.test(host))) {
    refuse(place, prop, 'name a host that is a host name or an IP address', url);
  }
  if (port !== '' && !isPortText(port)) refuse(place, prop, 'name a port between 1 and 65535', url);
  if (path.startsWith('-')) refuse(place, prop, 'name a repository that begins with no "-"', url);
}

/** Where credentials may be, nothing of them is shown. */
function withoutUser(url: string): object | string {
  return url.includes('@') ? inWords('a URL with "@"') : url;
}
