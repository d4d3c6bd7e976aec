import { createHash } from 'crypto';
import { until } from './kubectl';
import { configService, postgres, service, shell } from './manifests';
import { inNamespace, type LogLine } from './namespace';
import { goldenYaml } from '../golden';

const CONFIG = '{ "greeting": "grüß dich", "price": "$5 ${HOME} $(date)" }\n';
const DATABASE = 'tcp://my-database-service:5432';

test('the multi-stage app waits for its database, says so, goes on, and starts with the downloaded file', () =>
  inNamespace('multi-stage', async namespace => {
    const waitLog = () => namespace.log('deployment/web', 'wait-for-db');
    const logHas = async (text: string) => (await waitLog()).includes(text);

    await namespace.apply(goldenYaml('multi-stage'));
    await until('the wait says that the name does not resolve', () => logHas('name does not resolve'));
    const [, , status] = (await namespace.kubectl(['get', 'pods', '--no-headers'])).split(/\s+/);
    expect(status).toBe('Init:0/2');

    await namespace.apply([service('my-database-service', 'database', 5432, 5432)]);
    await until('the wait says that the connection is refused', () => logHas('connection refused or no route'));

    // A connection by another program, tried ten times a second, tells when the database can be reached.
    await namespace.apply([
      shell('observer', [
        'until nc -z -w 1 my-database-service 5432; do sleep 0.1; done',
        'echo reachable',
        'exec sleep 3600',
      ].join('\n')),
      ...configService({ config: CONFIG }),
    ]);
    await Promise.all([namespace.ready('observer'), namespace.ready('config-service')]);
    await namespace.apply([postgres('database')]);
    await namespace.rolledOut('web');

    const wait = await namespace.timedLog('deployment/web', 'wait-for-db');
    // Without ready pods a Service refuses; the kernel may say so once a second only, and be silent in between.
    expect(states(wait).filter(line => !line.includes('no answer in'))).toEqual([
      `wait-for-db: ${DATABASE}: name does not resolve; a typo, or a NetworkPolicy that stops DNS?`,
      `wait-for-db: ${DATABASE}: connection refused or no route`,
      `wait-for-db: ${DATABASE}: up`,
    ]);

    // Both times are those at which the node read the lines, to the nanosecond; the pod's status has whole
    // seconds only.
    const [reachable] = await namespace.timedLog('observer', 'main');
    expect(reachable.text).toBe('reachable');
    const delay = wait.at(-1)!.time - reachable.time;
    expect(delay).toBeLessThan(2000);
    expect(delay).toBeGreaterThan(-1100); // at most the second that one try of the observer takes

    const pod = await namespace.podOf('web');
    expect(pod.status.initContainerStatuses).toMatchObject([
      { name: 'wait-for-db', restartCount: 0, state: { terminated: { exitCode: 0 } } },
      { name: 'download-config', restartCount: 0, state: { terminated: { exitCode: 0 } } },
    ]);
    const download = (await namespace.log('deployment/web', 'download-config')).trimEnd().split('\n');
    const sum = createHash('sha256').update(CONFIG).digest('hex');
    expect(download.at(-1)!.replace(/^\S+Z /, '')).toBe(
      `download-config: downloaded http://config-service/config: ${Buffer.byteLength(CONFIG)} bytes, sha256 ${sum}`,
    );
    expect(await namespace.log('deployment/web', 'app')).toBe(CONFIG);
  }));

/** What a log says, without times and counts, each thing once: name servers may disagree for a while. */
function states(log: LogLine[]): string[] {
  const texts = log.map(({ text }) => text
    .replace(/^\S+Z /, '')
    .replace(/(, | after )[0-9.]+ s( of .*)?$/, '')
    .replace(/ \(attempt \d+\)/, ''));
  return [...new Set(texts)];
}
