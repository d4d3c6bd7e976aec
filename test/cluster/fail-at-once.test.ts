import { eventually } from './kubectl';
import { secret, service, shell } from './manifests';
import { inNamespace, type Namespace } from './namespace';
import { goldenManifests } from '../golden';

/** The Job of the example. */
function report(): any {
  return structuredClone(goldenManifests('fail-at-once').find(({ kind }) => kind === 'Job'));
}

const DATABASE = [service('reports-db', 'database', 5432, 5432), shell('database', 'exec nc -lk -p 5432 -e cat')];

/** Why the Job has ended, and how many pods it has tried. */
async function ended(namespace: Namespace): Promise<{ reason: string; message: string; failed: number }> {
  return eventually('the Job has failed', async () => {
    const { status } = JSON.parse(await namespace.kubectl(['get', 'job', 'report', '-o', 'json']));
    const end = status.conditions?.find(({ type }: any) => type === 'Failed');
    return end && { reason: end.reason, message: end.message, failed: status.failed };
  }, 120);
}

test('a step that exits with 2 fails its Job at once', () =>
  inNamespace('fails-at-once', async namespace => {
    await namespace.apply([...DATABASE, secret('reports-db', { user: 'reports' }), report()]);

    const { reason, message, failed } = await ended(namespace);
    expect([reason, failed]).toEqual(['PodFailurePolicy', 1]);
    expect(message).toMatch(
      /^Container report-conf for pod .*\/report-\w+ failed with exit code 2 matching FailJob rule at index 1$/,
    );
  }));

test('a step whose time is over costs its Job one of its tries', () =>
  inNamespace('fails-in-the-end', async namespace => {
    const job = report();
    job.spec.backoffLimit = 1;
    const [wait] = job.spec.template.spec.initContainers;
    wait.env.find(({ name }: any) => name === 'step_timeout').value = '2';
    await namespace.apply([secret('reports-db', { password: 'secret' }), job]);

    const { reason, failed } = await ended(namespace);
    expect([reason, failed]).toEqual(['BackoffLimitExceeded', 2]);
  }));

test('a report is made if nothing fails', () =>
  inNamespace('does-not-fail', async namespace => {
    await namespace.apply([...DATABASE, secret('reports-db', { password: 'secret' }), report()]);
    await namespace.kubectl(['wait', '--for=condition=Complete', 'job/report', '--timeout=90s'], { timeout: 100 });

    expect(await namespace.log('job/report', 'main')).toBe('1 /etc/report/report.conf\n');
  }));
