/** Pods that namespaces refuse, as the admission of Kubernetes 1.35 does. */
import { findings } from './manifests';

/** A context that fits 'restricted'. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What the rule says of a Pod with an init container. */
function said(context: object, container: object = {}, pod: object = {}, annotations: object = {}): string[] {
  const spec = {
    initContainers: [{ name: 'init', image: 'my-tools:1', securityContext: context, ...container }],
    containers: [{ name: 'app', image: 'my-app:1' }],
    ...pod,
  };
  const pods = JSON.stringify({ kind: 'Pod', metadata: { name: 'web', annotations }, spec });
  return findings(pods, 'pod-security').map(({ message }) =>
    message.replace(/is refused where Pod Security '(\w+)' is enforced, because of/, '$1:'));
}

test('a container that fits is not spoken of', () => {
  expect(said(RESTRICTED)).toEqual([]);
});

test.each([
  [{ privileged: true }, 'that are privileged'],
  [{ capabilities: { add: ['BPF', 'SYS_TIME', 'CHOWN'], drop: ['ALL'] } }, 'with BPF (init), with SYS_TIME'],
  [{ seccompProfile: { type: 'Unconfined' } }, 'with seccompProfile: Unconfined'],
  [{ appArmorProfile: { type: 'Unconfined' } }, 'with appArmorProfile: Unconfined'],
  [{ seLinuxOptions: { type: 'spc_t' } }, 'with seLinuxOptions'],
  [{ seLinuxOptions: { type: 'container_t', user: 'system_u' } }, 'with seLinuxOptions'],
  [{ procMount: 'Unmasked' }, 'with procMount: Unmasked'],
  [{ windowsOptions: { hostProcess: true } }, 'with hostProcess'],
])('baseline forbids a container %j', (context, why) => {
  expect(said({ ...RESTRICTED, ...context })).toEqual([`baseline: init containers ${why} (init)`]);
});

test.each([
  [{ allowPrivilegeEscalation: undefined }, 'without allowPrivilegeEscalation: false'],
  [{ capabilities: { drop: ['NET_RAW'] } }, 'without capabilities.drop: [ALL]'],
  [{ capabilities: { add: ['CHOWN'], drop: ['ALL'] } }, 'with CHOWN'],
  [{ runAsNonRoot: false }, 'without runAsNonRoot: true'],
  [{ runAsUser: 0 }, 'as user 0'],
  [{ seccompProfile: undefined }, 'without seccompProfile'],
  [{ seccompProfile: {} }, 'without seccompProfile'],
])('restricted forbids a container %j', (context, why) => {
  expect(said({ ...RESTRICTED, ...context })).toEqual([`restricted: init containers ${why} (init)`]);
});

test.each([
  [{ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } }],
  [{ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }],
  [{ appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } }],
  [{ seLinuxOptions: { type: 'container_engine_t', level: 's0' } }],
  [{ procMount: 'Default' }],
])('restricted allows a container %j', context => {
  expect(said({ ...RESTRICTED, ...context })).toEqual([]);
});

test.each([
  [{ ports: [{ containerPort: 80, hostPort: 80 }] }, 'with hostPort'],
  [{ startupProbe: { httpGet: { port: 80, host: 'node' } } }, 'with a probe or hook of another host'],
  [{ lifecycle: { preStop: { tcpSocket: { port: 80, host: '127.0.0.1' } } } }, 'with a probe or hook of another host'],
])('baseline forbids a container with %j', (container, why) => {
  expect(said(RESTRICTED, container)).toEqual([`baseline: init containers ${why} (init)`]);
});

test.each([
  [{ hostNetwork: true, hostPID: true, hostIPC: true }, 'baseline', 'hostNetwork, hostPID, hostIPC'],
  [{ volumes: [{ name: 'sys', hostPath: { path: '/sys' } }] }, 'baseline', 'volumes of hostPath'],
  [{ securityContext: { sysctls: [{ name: 'vm.swappiness', value: '9' }] } }, 'baseline', 'sysctl vm.swappiness'],
  [{ securityContext: { seccompProfile: { type: 'Unconfined' } } }, 'baseline', 'seccompProfile: Unconfined'],
  [{ securityContext: { runAsUser: 0 } }, 'restricted', 'user 0'],
  [{ securityContext: { runAsNonRoot: false } }, 'restricted', 'runAsNonRoot: false'],
  [{ volumes: [{ name: 'a', nfs: {} }, { name: 'b', nfs: {} }] }, 'restricted', 'volumes of nfs'],
])('a pod with %j is refused where %s is enforced', (pod, level, why) => {
  expect(said(RESTRICTED, {}, pod)).toEqual([`${level}: the pod's ${why}`]);
});

test.each([
  [{ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } }],
  [{ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', image: {} }, { name: 'c', csi: {} }] }],
])('restricted allows a pod with %j', pod => {
  expect(said(RESTRICTED, {}, pod)).toEqual([]);
});

test('baseline forbids an annotation that switches AppArmor off', () => {
  const name = 'container.apparmor.security.beta.kubernetes.io/init';

  expect(said(RESTRICTED, {}, {}, { [name]: 'unconfined' })).toEqual([`baseline: the pod's annotation ${name}`]);
  expect(said(RESTRICTED, {}, {}, { [name]: 'runtime/default' })).toEqual([]);
});

test('what the pod says of users and seccomp holds for its containers', () => {
  const { allowPrivilegeEscalation, capabilities, ...ofPod } = RESTRICTED;

  expect(said({ allowPrivilegeEscalation, capabilities }, {}, { securityContext: ofPod })).toEqual([]);
});

test('a pod with users of its own may be root', () => {
  const context = { ...RESTRICTED, runAsNonRoot: undefined, runAsUser: 0, procMount: 'Unmasked' };

  expect(said(context, {}, { hostUsers: false, securityContext: { runAsUser: 0 } })).toEqual([]);
});

test('a pod for Windows needs no more than users', () => {
  expect(said({ runAsNonRoot: true }, {}, { os: { name: 'windows' } })).toEqual([]);
});

test('each reason is told once, with the containers and the pod that it is true of', () => {
  const [one, two, three] = [{ runAsNonRoot: undefined }, { runAsNonRoot: false }, { capabilities: {} }]
    .map((context, index) => ({ name: `c${index}`, securityContext: { ...RESTRICTED, ...context } }));

  expect(said({}, {}, { initContainers: [one, two, three], securityContext: { runAsUser: 0 } })).toEqual([
    'restricted: init containers without runAsNonRoot: true (2 of 3), '
    + "without capabilities.drop: [ALL] (c2), and the pod's user 0",
  ]);
});
