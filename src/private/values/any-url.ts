import { isIPv6 } from 'net';
import { checkText, isHost, isPortText } from './checks';
import { inWords, refuse, refuseWith, type Place } from './refuse';

/** What a wait can ask, by the schemes of URLs; that of SQLAlchemy may name a driver behind a `+`. */
const SCHEMES = new RegExp(`^(jdbc:)?(${[
  'https?', 'tcp', 'rediss?', 'valkeys?', 'mongodb', 'cassandra', 'kafka', 'amqps?', 'postgres',
  '(postgresql|mysql|mariadb)([+][a-z0-9]+)?',
].join('|')})://`, 'i');

/** A URL that stands in the YAML, of any scheme that a wait can ask. */
export function checkAnyUrl(place: Place, prop: string, url: string): void {
  checkText(place, prop, url);
  if (url.includes('@')) {
    refuseWith(place, prop, {
      must: 'not hold credentials, which would be readable in the YAML',
      got: inWords('a URL with "@"'),
      remedy: 'let all of it come from a Secret',
    });
  }
  if (SCHEMES.test(url)) return checkHosts(place, prop, url);
  refuseWith(place, prop, {
    must: 'be a URL of postgres, mysql, redis, mongodb, cassandra, kafka, amqp, http, https or tcp',
    got: url,
    remedy: /^mongodb[+]srv:/i.test(url) ? 'name the hosts in a URL of mongodb' : undefined,
  });
}

/** Refuses hosts and ports that the pod would refuse. */
function checkHosts(place: Place, prop: string, url: string): void {
  const [, scheme, list] = /([^:]*):\/\/([^/?#]*)/.exec(url)!;
  const hosts = list.split(',').map(each => /^(\[.*\]|[^:]*)(?::(.*))?$/.exec(each) ?? []);
  if (hosts.some(([, host]) => host === '')) refuse(place, prop, 'name a host', url);
  if (/^https?$/i.test(scheme) && hosts.length > 1) refuse(place, prop, 'name one host', url);
  if (/^tcp$/i.test(scheme) && hosts.some(([, , port]) => !port)) refuse(place, prop, 'name a port', url);
  if (!hosts.every(([, host, port]) => isHostOfUrl(host) && isPortOfUrl(port))) {
    refuse(place, prop, 'name hosts and ports that can be', url);
  }
}

function isHostOfUrl(host: string | undefined): boolean {
  if (host === undefined) return false;
  return host.startsWith('[') ? isIPv6(host.slice(1, -1)) : isHost(host, host);
}

/** Where there is none, it is that of the scheme. */
function isPortOfUrl(port = ''): boolean {
  return port === '' || isPortText(port);
}
