/** When a workload is rolled out: the rules of `kubectl rollout status`, by the lines that a wait says. */
import { apiServer, closeApiServersAfterwards, type KubeObject } from '../lab/api-server';
import { waitFor } from '../lab/conditions';
import { certificate } from '../lab/servers';
import { inEveryShell, missing, type Case } from '../lab/shells';

closeApiServersAfterwards();

type Rule = readonly [said: string, object: KubeObject];

interface Parts {
  readonly generation?: number;
  readonly spec?: object;
  readonly status?: object;
}

const made = ({ generation = 2, spec, status }: Parts): KubeObject => ({
  metadata: { generation }, spec: { replicas: 3, ...spec }, status: { observedGeneration: 2, ...status },
});
const rolling = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } };
const stateful = (status: object, spec: object = rolling) => made({ spec, status });
const daemons = (status: object) => made({ spec: rolling, status: { desiredNumberScheduled: 2, ...status } });

const exceeded = {
  type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'ReplicaSet "api-1" has timed out',
};
const ROLLED_OUT = 'successfully rolled out';

/** By kind and its name in a path, each until it is rolled out. */
const RULES: { [workload: string]: Rule[] } = {
  'Deployment deployments': [
    ['its new spec is not observed (yet)', made({ generation: 3, status: { updatedReplicas: 3 } })],
    ['0 out of 3 new replicas have been updated', made({})],
    ['2 out of 3 new replicas have been updated', made({ status: { updatedReplicas: 2, replicas: 4 } })],
    ['1 old replicas are pending termination', made({ status: { updatedReplicas: 3, replicas: 4 } })],
    [
      '1 of 3 updated replicas are available',
      made({ status: { updatedReplicas: 3, replicas: 3, availableReplicas: 1 } }),
    ],
    [
      'exceeded its progress deadline: ReplicaSet "api-1" has timed out',
      made({ status: { updatedReplicas: 3, conditions: [{ type: 'Available', status: 'True' }, exceeded] } }),
    ],
    [ROLLED_OUT, made({ status: { updatedReplicas: 3, replicas: 3, availableReplicas: 3 } })],
  ],
  'Deployment deployments without replicas': [[ROLLED_OUT, made({ spec: { replicas: 0 } })]],
  'StatefulSet statefulsets': [
    ['its new spec is not observed (yet)', made({ spec: rolling, status: { observedGeneration: 1 } })],
    ['its new spec is not observed (yet)', { metadata: {}, spec: rolling, status: {} }],
    ['3 pods to be ready', stateful({})],
    ['1 pods to be ready', stateful({ readyReplicas: 2, updatedReplicas: 3 })],
    ['1 out of 3 new pods have been updated', stateful({ readyReplicas: 3, updatedReplicas: 1 })],
    [ROLLED_OUT, stateful({ readyReplicas: 3, updatedReplicas: 3, updateRevision: 'a', currentRevision: 'b' })],
  ],
  'StatefulSet statefulsets with a partition': [
    ['0 out of 1 new pods have been updated', stateful({ readyReplicas: 3 }, {
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    })],
    [ROLLED_OUT, stateful({ readyReplicas: 3, updatedReplicas: 1 }, {
      updateStrategy: { rollingUpdate: { partition: 2 }, type: 'RollingUpdate' },
    })],
  ],
  'StatefulSet statefulsets without a partition': [
    ['2 pods at revision db-2', stateful(
      { readyReplicas: 3, updatedReplicas: 2, updateRevision: 'db-2', currentRevision: 'db-1' },
      { updateStrategy: { type: 'RollingUpdate' } },
    )],
    [ROLLED_OUT, stateful(
      { readyReplicas: 3, updateRevision: 'db-2', currentRevision: 'db-2' },
      { updateStrategy: { type: 'RollingUpdate' } },
    )],
  ],
  'DaemonSet daemonsets': [
    ['its new spec is not observed (yet)', made({ spec: rolling, status: { observedGeneration: 1 } })],
    ['1 out of 2 new pods have been updated', daemons({ updatedNumberScheduled: 1 })],
    ['0 of 2 updated pods are available', daemons({ updatedNumberScheduled: 2 })],
    [ROLLED_OUT, daemons({ updatedNumberScheduled: 2, numberAvailable: 2 })],
  ],
};

const rollsOut = ([workload, rules]: [string, Rule[]]): Case => [`${workload} roll out`, async shell => {
  const [kind, resource] = workload.split(' ');
  const path = `/apis/apps/v1/namespaces/shop/${resource}/api`;
  const server = await apiServer({ [path]: rules[0][1] });

  const { exitCode, said } = await waitFor(`rolledOut,,apps/v1,${resource},,${kind},api`, server, shell, {
    meanwhile: async ({ until }) => {
      await until(() => server.watches > 0);
      rules.slice(1).forEach(([, object]) => server.apply(path, object));
    },
  });

  const sentences = rules.map(([sentence]) => sentence).filter((each, index, all) => each !== all[index - 1]);
  expect([exitCode, said]).toEqual([0, sentences.map(each => `${kind} api in shop: ${each}, N s of 20 s`)]);
}];

if (certificate === undefined) {missing('openssl');} else {
  inEveryShell([
    ...Object.entries(RULES).map(rollsOut),
    ...[['StatefulSet', 'statefulsets'], ['DaemonSet', 'daemonsets']].map(([kind, resource]): Case => [
      `a ${kind} whose pods nobody but its owner replaces has no rollout, which ends the wait`,
      async shell => {
        const object = made({ spec: { updateStrategy: { type: 'OnDelete' } } });
        const server = await apiServer({ [`/apis/apps/v1/namespaces/shop/${resource}/api`]: object });

        const { exitCode, last } = await waitFor(`rolledOut,,apps/v1,${resource},,${kind},api`, server, shell);

        expect({ exitCode, last }).toEqual({
          exitCode: 1,
          last: `${kind} api in shop: has no rollout: its strategy is OnDelete, not RollingUpdate, N s of 20 s`,
        });
      },
    ]),
  ]);
}
