import { ApiObject, Chart, Duration, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { BUSYBOX } from './manifests';
import { inNamespace } from './namespace';
import { FileSource, GenerateConfig, InitStep, PodTemplate } from '../../src';

const SPEC_PATH = '/spec/jobTargetRef/template/spec';

/** What Pod Security "restricted" asks of a container. */
const securityContext = {
  runAsUser: 65534,
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A ScaledJob of KEDA whose app prints a file that a step has made, behind a program that is tried twice. */
function scaledJob(): any[] {
  const chart = new Chart(Testing.app(), 'imports');
  const app = { name: 'import', image: BUSYBOX, command: ['cat', '/app/import.conf'], securityContext };
  const spec = { restartPolicy: 'Never', containers: [app] };
  const object = new ApiObject(chart, 'scaled-job', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledJob',
    spec: { jobTargetRef: { template: { spec } } },
  });
  const pod = new PodTemplate(object, 'pod', { specPath: SPEC_PATH });
  new GenerateConfig(pod, 'import-conf', {
    template: FileSource.inline('source = ${SOURCE}\n'),
    variables: { SOURCE: EnvValue.fromValue('orders') },
    path: '/app/import.conf',
  });
  new InitStep(pod, 'settle', {
    likeContainer: 'import',
    command: ['sh', '-c', 'grep orders /app/import.conf && mkdir /dev/shm/once 2>/dev/null && exit 1; exit 0'],
    retryInterval: Duration.seconds(1),
  });
  return Testing.synth(chart);
}

test('the pod of a ScaledJob, as its operator makes a Job of it, runs the steps of its PodTemplate', () =>
  inNamespace('pod-template', async namespace => {
    const manifests = scaledJob();
    const { template } = manifests.find(({ kind }) => kind === 'ScaledJob').spec.jobTargetRef;
    const job = {
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'import' }, spec: { backoffLimit: 0, template },
    };

    await namespace.apply([...manifests.filter(({ kind }) => kind !== 'ScaledJob'), job]);
    await namespace.kubectl(['wait', '--for=condition=Complete', 'job/import', '--timeout=90s'], { timeout: 100 });

    expect(await namespace.log('job/import', 'import')).toBe('source = orders\n');
    expect((await namespace.log('job/import', 'settle')).replace(/^\S+Z |\d+(?= s of)/gm, '')).toBe([
      'source = orders',
      'settle: sh: exit code 1: source = orders (attempt 1),  s of 660 s',
      'source = orders',
      'settle: sh: done (attempt 2),  s of 660 s',
      '',
    ].join('\n'));
  }));
