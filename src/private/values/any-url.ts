import { checkText } from './checks';
import { inWords, refuseWith, type Place } from './refuse';

/** What a wait can ask, by the schemes of URLs; that of SQLAlchemy may name a driver behind a `+`. */
const SCHEMES = new RegExp(`^(jdbc:)?(${[
  'https?', 'tcp', 'rediss?', 'valkeys?', 'mongodb', 'cassandra', 'kafka', 'amqps?', 'postgres',
  '(postgresql|mysql|mariadb)([+][a-z0-9]+)?',
].join('|')})://`);

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
  if (SCHEMES.test(url)) return;
  refuseWith(place, prop, {
    must: 'be a URL of postgres, mysql, redis, mongodb, cassandra, kafka, amqp, http, https or tcp',
    got: url,
    remedy: url.startsWith('mongodb+srv:') ? 'name the hosts in a URL of mongodb' : undefined,
  });
}
