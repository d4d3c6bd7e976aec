import { eventually, until } from './kubectl';
import { configService, service, shell } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { goldenManifests } from '../golden';

const [LOAD] = goldenManifests('job');
const ORDERS = 'id,price\n1,20\n2,30\n';

test('a Job without restarts sits out an outage inside its first pod', () =>
  inNamespace('job', async namespace => {
    await namespace.apply([LOAD]);
    await until('the wait has waited for a while', async () =>
      (await namespace.log('job/load', 'wait-for-database')).trimEnd().split('\n').length > 2);
    await serve(namespace);

    expect(await ended(namespace)).toMatchObject({ succeeded: 1 });
    expect(await pods(namespace)).toEqual([['Succeeded', 0, 0]]);
    expect(await namespace.log('job/load', 'main')).toBe('3 /data/orders.csv\n');
  }));

test('a step of a Job that gives up fails its pod, which stays, and the next pod starts with the first step', () =>
  inNamespace('job-fails', async namespace => {
    const load = structuredClone(LOAD);
    load.spec.template.spec.initContainers[0].env.find(({ name }: any) => name === 'step_timeout').value = '2';

    await namespace.apply([load]);
    await until('the first pod has failed', async () => (await pods(namespace))[0]?.[0] === 'Failed');
    await serve(namespace);

    expect(await ended(namespace)).toMatchObject({ failed: 1, succeeded: 1 });
    expect(await pods(namespace)).toEqual([['Failed', 124], ['Succeeded', 0, 0]]);
  }));

/** All that the Job needs. */
async function serve(namespace: Namespace): Promise<void> {
  await namespace.apply([
    shell('database', 'exec nc -lk -p 5432 -e cat'),
    service('my-database-service', 'database', 5432, 5432),
  ]);
  await namespace.apply(configService({ 'orders.csv': ORDERS }));
}

/** The status of the Job once it is over. */
async function ended(namespace: Namespace): Promise<any> {
  return eventually('the Job is over', async () => {
    const { status } = JSON.parse(await namespace.kubectl(['get', 'job', 'load', '-o', 'json']));
    const isEnd = ({ type, status: is }: any) => ['Complete', 'Failed'].includes(type) && is === 'True';
    return status.conditions?.some(isEnd) ? status : undefined;
  }, 90);
}

/** How each pod of the Job stands, and the exit codes of its steps, oldest first. */
async function pods(namespace: Namespace): Promise<any[][]> {
  const ofJob = ['-l', 'batch.kubernetes.io/job-name=load', '--sort-by=.metadata.creationTimestamp'];
  const { items } = JSON.parse(await namespace.kubectl(['get', 'pods', ...ofJob, '-o', 'json']));
  const exitCodes = ({ initContainerStatuses = [] }: any) =>
    initContainerStatuses.flatMap(({ state }: any) => state.terminated?.exitCode ?? []);
  return items.map(({ status }: any) => [status.phase, ...exitCodes(status)]);
}
