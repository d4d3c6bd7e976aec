/** What a wait makes of a URL that only the pod knows. */
import { Duration } from 'cdk8s';
import { Endpoint } from '../../src';
import { run } from '../lab/run';
import { closeServersAfterwards } from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { secret, waiting } from '../lab/steps';

closeServersAfterwards();

/** What no log may hold. */
const SECRET = 'TOPSECRET';

/** A URL, and what is waited for. Nothing answers there. */
const RIGHT: readonly (readonly [url: string, address: string])[] = [
  ['postgres://127.0.0.1', 'postgres://127.0.0.1:5432'],
  ['postgres://127.0.0.1:1', 'postgres://127.0.0.1:1'],
  ['postgres://127.0.0.1:', 'postgres://127.0.0.1:5432'],
  ['postgresql://user@127.0.0.2:2/shop', 'postgres://127.0.0.2:2'],
  [`postgresql://user:${SECRET}@127.0.0.1:3/shop`, 'postgres://127.0.0.1:3'],
  [`postgresql+psycopg2://user:${SECRET}@127.0.0.1:4/shop`, 'postgres://127.0.0.1:4'],
  [`postgres://user:${SECRET}@127.0.0.1:5?sslmode=verify-full&password=${SECRET}`, 'postgres://127.0.0.1:5'],
  [`postgres://user:${SECRET}@127.0.0.1:6/#${SECRET}`, 'postgres://127.0.0.1:6'],
  [`postgres://user:${SECRET}@127.0.0.1:7#${SECRET}`, 'postgres://127.0.0.1:7'],
  [`postgres://user:${SECRET}%40%2F%3A@127.0.0.1:8/shop`, 'postgres://127.0.0.1:8'],
  [`postgres://user:${SECRET}@1.1.1.1@127.0.0.1:9/shop`, 'postgres://127.0.0.1:9'],
  [`postgres://user:${SECRET}:1@127.0.0.1:10/shop`, 'postgres://127.0.0.1:10'],
  [`postgres://user:1/${SECRET}@127.0.0.1:11/shop`, 'postgres://127.0.0.1:11'],
  [`postgres://user:#${SECRET}@127.0.0.1:12/shop`, 'postgres://127.0.0.1:12'],
  [`postgres://user:[${SECRET}]@127.0.0.1:13/shop`, 'postgres://127.0.0.1:13'],
  [`postgres://user:, "'\\*$(kill 0)\`id\`;&|<>{}~!${SECRET}@127.0.0.1:14/shop`, 'postgres://127.0.0.1:14'],
  [`postgres://üser:$$ \${HOME}é€${SECRET}@127.0.0.1:15/shop`, 'postgres://127.0.0.1:15'],
  [`postgres://user:${SECRET}\t\u001b[31m@127.0.0.1:16/shop`, 'postgres://127.0.0.1:16'],
  ['postgres://127.0.0.1:17,127.0.0.2,127.0.0.3:18/shop', 'postgres://127.0.0.1:17,127.0.0.2:5432,127.0.0.3:18'],
  [`postgres://user:${SECRET}@127.0.0.1:17,127.0.0.3:19/shop`, 'postgres://127.0.0.1:17,127.0.0.3:19'],
  ['postgres://[::1]', 'postgres://[::1]:5432'],
  ['postgres://[::1]:20/shop', 'postgres://[::1]:20'],
  [`postgres://user:${SECRET}@[::1]:21,[::ffff:127.0.0.1]/shop`, 'postgres://[::1]:21,[::ffff:127.0.0.1]:5432'],
  [`jdbc:postgresql://127.0.0.1:22/shop?user=me@here&password=${SECRET}@1`, 'postgres://127.0.0.1:22'],
  [`jdbc:postgresql://127.0.0.1:23?password=${SECRET}@1`, 'postgres://127.0.0.1:23'],
  ['postgres://127.0.0.1:45/shop?user=me@here', 'postgres://127.0.0.1:45'],
  [`mongodb://me:${SECRET}@127.0.0.1:46/?ssl=true&appName=@me@`, 'tls://127.0.0.1:46'],
  ['jdbc:mysql://127.0.0.1/shop', 'mysql://127.0.0.1:3306'],
  ['POSTGRES://127.0.0.1:47/shop', 'postgres://127.0.0.1:47'],
  ['HTTPS://127.0.0.1:48/A', 'https://127.0.0.1:48/A'],
  ['mysql://127.0.0.1:24/shop', 'mysql://127.0.0.1:24'],
  ['mysql://127.0.0.1:25/shop?tls=true', 'mysql://127.0.0.1:25'],
  ['mysql+pymysql://127.0.0.1:26/shop', 'mysql://127.0.0.1:26'],
  ['jdbc:mariadb://127.0.0.1:27,127.0.0.2:28/shop', 'mysql://127.0.0.1:27,127.0.0.2:28'],
  ['redis://127.0.0.3/0', 'redis://127.0.0.3:6379'],
  [`redis://:${SECRET}@127.0.0.1:29/0`, 'redis://127.0.0.1:29'],
  ['valkey://127.0.0.1:30', 'redis://127.0.0.1:30'],
  [`rediss://:${SECRET}@127.0.0.3`, 'tls://127.0.0.3:6379'],
  ['valkeys://127.0.0.1:31', 'tls://127.0.0.1:31'],
  ['redis://127.0.0.1:32?ssl=true', 'tls://127.0.0.1:32'],
  ['mongodb://127.0.0.1,127.0.0.2:33/?replicaSet=rs0', 'mongodb://127.0.0.1:27017,127.0.0.2:33'],
  [`mongodb://me:${SECRET}@127.0.0.1:34/admin?tls=true&x=1`, 'tls://127.0.0.1:34'],
  ['mongodb://127.0.0.1:35/?tls=false', 'mongodb://127.0.0.1:35'],
  ['mongodb://127.0.0.1:36/?notls=true', 'mongodb://127.0.0.1:36'],
  ['cassandra://127.0.0.1/keyspace', 'cassandra://127.0.0.1:9042'],
  ['kafka://127.0.0.1,127.0.0.2', 'kafka://127.0.0.1:9092,127.0.0.2:9092'],
  [`amqp://guest:${SECRET}@127.0.0.1/%2Fvhost`, 'amqp://127.0.0.1:5672'],
  [`amqps://guest:${SECRET}@127.0.0.1//`, 'tls://127.0.0.1:5671'],
  ['tcp://127.0.0.1:37', 'tcp://127.0.0.1:37'],
  [`tcp://127.0.0.1:38/${SECRET}?tls=true`, 'tcp://127.0.0.1:38'],
  ['http://127.0.0.1:39', 'http://127.0.0.1:39'],
  ['http://127.0.0.1:39/healthz,a', 'http://127.0.0.1:39/healthz,a'],
  [`http://127.0.0.1:40/a?token=${SECRET}`, 'http://127.0.0.1:40/a'],
  [`http://127.0.0.1:41?email=me@here${SECRET}`, 'http://127.0.0.1:41'],
  [`http://me:${SECRET}@127.0.0.1:42/%40scope/x#${SECRET}`, 'http://127.0.0.1:42/%40scope/x'],
  [`https://me:@${SECRET}@127.0.0.1:43/`, 'https://127.0.0.1:43/'],
  ['https://[::1]:44/[x]*?', 'https://[::1]:44/[x]*'],
];

const HOST = 'host of endpoint 1 is neither a host name nor an IP address';
const PORT = 'port of endpoint 1 is no number from 1 to 65535';
const SCHEME = 'scheme of endpoint 1 is none that can be asked';
const NO_URL = 'URL of endpoint 1 holds no ://';
const behind = (sign: string, code: string) =>
  `URL of endpoint 1 holds an @ behind a ${sign}; write them as %40 and ${code}`;

/** A URL, and what is said of it. */
const WRONG: readonly (readonly [url: string, message: string])[] = [
  ['', 'URL of endpoint 1 is empty'],
  [`${SECRET}`, NO_URL],
  [`db:5432/${SECRET}`, NO_URL],
  [`user:${SECRET}@tcp(db:3306)/shop`, NO_URL],
  [`jdbc:postgresql:${SECRET}`, NO_URL],
  [`://${SECRET}`, SCHEME],
  [`${SECRET}://db`, SCHEME],
  ['sqlserver://db:1433', SCHEME],
  [`jdbc:sqlserver://db:1433;password=${SECRET}`, SCHEME],
  ['jdbc:mysql:loadbalance://db', SCHEME],
  ['redis+sentinel://db', SCHEME],
  ['x; exit 7://db', SCHEME],
  [`mongodb+srv://me:${SECRET}@cluster.example/`,
    'scheme of endpoint 1 is mongodb+srv; name the hosts in mongodb://'],
  [`postgres://user:${SECRET}@db:5432/shop\n`,
    'URL of endpoint 1 holds a line break; does its Secret end in one?'],
  ...[
    `postgres://user:1?${SECRET}@db/shop`,
    `postgres://user:x@${SECRET}/w?x@db:5432/shop`,
    `postgres://user:x@${SECRET}?x@db:5432/shop`,
    `jdbc:mysql://user:12?${SECRET}@db/shop`,
    `http://${SECRET}?x@db/`,
    `http://user:12/${SECRET}?x@db/`,
    `http://user:x@${SECRET}?x@db/`,
  ].map((url): readonly [string, string] => [url, behind('?', '%3F')]),
  ...[
    `https://${SECRET}/x=@db/healthz`,
    `http://user:12/${SECRET}@db/`,
    `http://user:x@${SECRET}/x@db:6379/h`,
    `https://me:${SECRET}/x@db/`,
  ].map((url): readonly [string, string] => [url, behind('/', '%2F')]),
  [`http://user:12#${SECRET}@db/`, behind('#', '%23')],
  [` postgres://user:${SECRET}@db/shop`, 'URL of endpoint 1 begins with a blank or a quote'],
  [`"postgres://user:${SECRET}@db/shop"`, 'URL of endpoint 1 begins with a blank or a quote'],
  [`'${SECRET}`, 'URL of endpoint 1 begins with a blank or a quote'],
  ['postgres://', 'host of endpoint 1 is empty'],
  [`postgres:///${SECRET}?host=/var/run/postgresql`, 'host of endpoint 1 is empty'],
  [`postgres://user:${SECRET}@/shop`, 'host of endpoint 1 is empty'],
  ['postgres://a,,b/shop', 'host of endpoint 1 is empty'],
  ['postgres://:5432/shop', 'host of endpoint 1 is empty'],
  [`postgres://${SECRET}%2Fvar/shop`, HOST],
  ['postgres://-db/shop', HOST],
  ['postgres://db-/shop', HOST],
  ['postgres://5432/shop', HOST],
  ['postgres://a..b/shop', HOST],
  ['postgres://.db/shop', HOST],
  ['postgres://d b/shop', HOST],
  ['postgres://d*/shop', HOST],
  ['postgres://db\\x/shop', HOST],
  ['postgres://dü/shop', HOST],
  ['postgres://db\r/shop', HOST],
  ['postgres://$(id)/shop', HOST],
  ['postgres://[db]/shop', HOST],
  ['postgres://[:1/shop', HOST],
  ['postgres://[fe80::1%25eth0]/shop', HOST],
  [`postgres://${'a'.repeat(254)}/shop`, HOST],
  [`postgres://user:${SECRET}/shop`, PORT],
  ['postgres://db:0/shop', PORT],
  ['postgres://db:65536/shop', PORT],
  ['postgres://db:123456/shop', PORT],
  ['postgres://db:-1/shop', PORT],
  ['postgres://db:5432x/shop', PORT],
  ['postgres://db:1+1/shop', PORT],
  ['postgres://db: 1/shop', PORT],
  ['postgres://::1/shop', 'host of endpoint 1 is empty'],
  ['postgres://fe80::1/shop', PORT],
  ['postgres://[::1]x1/shop', PORT],
  ['postgres://db:1:2/shop', PORT],
  ['tcp://db', PORT],
  ['https://a,b/', 'host of endpoint 1 is more than one'],
  ['https://db/a b', 'path of endpoint 1 must be percent-encoded'],
  ['https://db/ä', 'path of endpoint 1 must be percent-encoded'],
  ['https://db/\u0007', 'path of endpoint 1 must be percent-encoded'],
];

const url = (index: number) => Endpoint.urlFrom(secret(`url${index}`));
const secretsOf = (urls: readonly string[]) => Object.fromEntries(urls.map((text, index) => [`url${index}`, text]));
/** Of a log line with the address of an endpoint. */
const addressIn = (line: string) => /^(\w+:\/\/\S+): /.exec(line)?.[1];

inEveryShell([
  ['a URL tells what is waited for, and nothing else of it is said', async shell => {
    const container = waiting(RIGHT.map((_, index) => url(index)), { attemptTimeout: Duration.seconds(1) });

    const { lines, said } = await run(container, shell, {
      secrets: secretsOf(RIGHT.map(([text]) => text)),
      meanwhile: async ({ logs, signal }) => {
        await Promise.all(RIGHT.map(([, address]) => logs(`${address}: `)));
        signal('SIGTERM');
      },
    });

    expect([...new Set(said.flatMap(line => addressIn(line) ?? []))].sort())
      .toEqual([...new Set(RIGHT.map(([, address]) => address))].sort());
    expect(lines.filter(line => line.includes(SECRET))).toEqual([]);
  }],
  ['a wrong URL ends the step at once, and what is wrong is named, but not said', async shell => {
    const ends = [];
    for (const [text] of WRONG) {
      const { exitCode, last, lines } = await run(waiting([url(0)]), shell, { secrets: secretsOf([text]) });
      ends.push([text, exitCode, last, lines.length]);
    }

    expect(ends).toEqual(WRONG.map(([text, message]) => [text, 2, message, 1]));
  }],
]);
