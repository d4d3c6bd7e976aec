import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { InitDefaults, InitStep, PrepareVolume, RunAs, SharedDirectory, type PrepareVolumeProps } from '../../src';
import { prepareVolume } from '../../src/programs';
import { deployment, podSpec } from '../workload';

function prepared(props: Omit<PrepareVolumeProps, 'volume'>): any {
  const web = deployment();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(web, 'claim', 'data');
  const volume = kplus.Volume.fromPersistentVolumeClaim(web, 'data', claim, { name: 'data' });
  new PrepareVolume(web, 'prepare', { volume, ...props });
  return podSpec(web).initContainers[0];
}

const owner = RunAs.user(1000, 2000);

test('a volume is prepared as user 0 in the group of its owner, with three capabilities and nothing else', () => {
  const container = prepared({ owner, mode: 0o2770, folders: ['a/b', 'c'], timeout: Duration.minutes(2) });

  expect(container).toEqual({
    name: 'prepare',
    image: expect.stringMatching(/^docker.io\/library\/busybox:/),
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', expect.stringMatching(/^# cdk8s-init-containers prepare-volume /)],
    args: ['prepare', '/volume/a/b', '/volume/c'],
    env: [
      { name: 'step_mode', value: '2770' },
      { name: 'step_owner', value: '1000:2000' },
      { name: 'step_timeout', value: '120' },
    ],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'], drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 2000,
      runAsNonRoot: false,
      runAsUser: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ mountPath: '/volume', name: 'data' }],
  });
});

test.each<[string, Omit<PrepareVolumeProps, 'volume'>, object]>([
  ['an owner', { owner: RunAs.user(1000) }, {
    args: ['prepare', '/volume'],
    owner: '1000',
    group: 0,
    capabilities: ['CHOWN', 'DAC_OVERRIDE'],
    needs: { owner: 'all', mode: false, removeLostAndFound: false },
  }],
  ['an owner of the folder alone', { owner, recursive: false }, {
    args: ['prepare', '/volume'],
    owner: '1000:2000',
    group: 2000,
    capabilities: ['CHOWN', 'DAC_OVERRIDE'],
    needs: { owner: 'folder', mode: false, removeLostAndFound: false },
  }],
  ['a mode', { mode: 0o750 }, {
    args: ['prepare', '/volume'],
    mode: '750',
    group: 0,
    capabilities: ['DAC_OVERRIDE', 'FOWNER'],
    needs: { owner: 'nobody', mode: true, removeLostAndFound: false },
  }],
  ['folders and the root', { folders: ['.', 'a'] }, {
    args: ['prepare', '/volume', '/volume/a'],
    group: 0,
    capabilities: ['DAC_OVERRIDE'],
    needs: { owner: 'nobody', mode: false, removeLostAndFound: false },
  }],
  ['a volume without lost+found', { removeLostAndFound: true }, {
    args: ['prepare', '/volume'],
    group: 0,
    capabilities: ['DAC_OVERRIDE'],
    needs: { owner: 'nobody', mode: false, removeLostAndFound: true },
  }],
])('for %s a step may do no more than that needs', (_, props, { needs, ...expected }: any) => {
  const { args, env, command, securityContext } = prepared(props);
  const valueOf = (name: string) => env.find((each: any) => each.name === name)?.value;

  expect({
    args,
    owner: valueOf('step_owner'),
    mode: valueOf('step_mode'),
    group: securityContext.runAsGroup,
    capabilities: securityContext.capabilities.add,
  }).toEqual({ owner: undefined, mode: undefined, ...expected });
  expect(command[2]).toBe(prepareVolume(needs).text);
});

test('the defaults give the time, the graph knows it, and the user of other steps does not matter', () => {
  const web = deployment();
  InitDefaults.set(web, { runAs: RunAs.user(5, 5), timeout: Duration.minutes(3) });
  new PrepareVolume(web, 'prepare', { volume: new SharedDirectory(web, 'data'), owner });

  const [{ env, securityContext }] = podSpec(web).initContainers;
  expect(env).toContainEqual({ name: 'step_timeout', value: '180' });
  expect(securityContext.runAsUser).toBe(0);
});

test('steps behind it find what it has prepared', () => {
  const web = deployment();
  const volume = kplus.Volume.fromHostPath(web, 'data', 'data', { path: '/srv' });
  new PrepareVolume(web, 'prepare', { volume, owner });
  new InitStep(web, 'seed', { command: ['seed'], writes: { '/data': volume } });

  expect(podSpec(web).initContainers.map((each: any) => each.volumeMounts[0].name)).toEqual(['data', 'data']);
});
