import { listOf } from '../../private/values/lists';
import type { Container, Pod } from '../manifests/pods';

/*
 * What the Pod Security Standards forbid, as Kubernetes 1.35 checks it; restricted forbids what baseline does, too.
 * Of a container in words behind 'init containers', of a pod in words behind "the pod's".
 */

const SAFE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const SAFE_SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const SAFE_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What baseline does not allow a container. */
export function containerBeyondBaseline({ pod, spec }: Container): string[] {
  const context = spec.securityContext ?? {};
  const added = listOf(context.capabilities?.add).filter(each => !SAFE_CAPABILITIES.includes(each));
  const hasProcMount = ![undefined, null, 'Default'].includes(context.procMount) && !hasOwnUsers(pod);
  return [
    ...said(context.privileged === true, 'that are privileged'),
    ...added.map(each => `with ${each}`),
    ...said(listOf(spec.ports).some(port => port?.hostPort), 'with hostPort'),
    ...said(asksOtherHost(spec), 'with a probe or hook of another host'),
    ...said(hasProcMount, `with procMount: ${context.procMount}`),
    ...profilesBeyondBaseline(context).map(each => `with ${each}`),
  ];
}

/** What restricted does not allow a container. */
export function containerBeyondRestricted({ pod, spec }: Container): string[] {
  const ofPod = pod.spec.securityContext ?? {};
  const context = spec.securityContext ?? {};
  const { type } = context.seccompProfile ?? ofPod.seccompProfile ?? {};
  const isRootAllowed = hasOwnUsers(pod);
  const isWindows = pod.spec.os?.name === 'windows';
  const added = listOf(context.capabilities?.add)
    .filter(each => SAFE_CAPABILITIES.includes(each) && each !== 'NET_BIND_SERVICE');
  const has = {
    'allowPrivilegeEscalation: false': isWindows || context.allowPrivilegeEscalation === false,
    'capabilities.drop: [ALL]': isWindows || listOf(context.capabilities?.drop).includes('ALL'),
    'runAsNonRoot: true': isRootAllowed || (context.runAsNonRoot ?? ofPod.runAsNonRoot) === true,
    'seccompProfile': isWindows || (type !== undefined && type !== ''),
  };
  const lacks = Object.entries(has).filter(([, isThere]) => !isThere);
  return [
    ...said(context.runAsUser === 0 && !isRootAllowed, 'as user 0'),
    ...(isWindows ? [] : added.map(each => `with ${each}`)),
    ...lacks.map(([field]) => `without ${field}`),
  ];
}

/** What baseline does not allow a pod itself. */
export function podBeyondBaseline({ spec, annotations }: Pod): string[] {
  const context = spec.securityContext ?? {};
  const sysctls = listOf(context.sysctls).map(each => each?.name).filter(name => !SAFE_SYSCTLS.includes(name));
  const profiles = Object.entries(annotations)
    .filter(([name, value]) => name.startsWith(APP_ARMOR) && !/^(|runtime\/default|localhost\/.*)$/.test(value));
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter(field => spec[field] === true),
    ...said(listOf(spec.volumes).some(volume => volume?.hostPath), 'volumes of hostPath'),
    ...sysctls.map(name => `sysctl ${name}`),
    ...profilesBeyondBaseline(context),
    ...profiles.map(([name]) => `annotation ${name}`),
  ];
}

/** What restricted does not allow a pod itself. */
export function podBeyondRestricted(pod: Pod): string[] {
  const kinds = listOf(pod.spec.volumes)
    .map(volume => Object.keys(volume ?? {}).filter(key => key !== 'name'))
    .flatMap(keys => keys.some(key => SAFE_VOLUMES.includes(key)) ? [] : keys.slice(0, 1))
    .filter(kind => kind !== 'hostPath');
  const { runAsUser, runAsNonRoot } = pod.spec.securityContext ?? {};
  return [
    ...said(runAsUser === 0 && !hasOwnUsers(pod), 'user 0'),
    ...said(runAsNonRoot === false && !hasOwnUsers(pod), 'runAsNonRoot: false'),
    ...[...new Set(kinds)].map(kind => `volumes of ${kind}`),
  ];
}

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** Of the security context of a pod or of a container. */
function profilesBeyondBaseline(context: any): string[] {
  const { appArmorProfile, seccompProfile, seLinuxOptions, windowsOptions } = context;
  const { type, user, role } = seLinuxOptions ?? {};
  return [
    ...said(windowsOptions?.hostProcess === true, 'hostProcess'),
    ...said(seccompProfile?.type === 'Unconfined', 'seccompProfile: Unconfined'),
    ...said(appArmorProfile?.type === 'Unconfined', 'appArmorProfile: Unconfined'),
    ...said(!SAFE_SELINUX_TYPES.includes(type ?? '') || Boolean(user) || Boolean(role), 'seLinuxOptions'),
  ];
}

/** Whether a probe or a hook of a container asks at a host that it names. */
function asksOtherHost({ livenessProbe, readinessProbe, startupProbe, lifecycle }: any): boolean {
  return [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
    .some(each => Boolean(each?.httpGet?.host) || Boolean(each?.tcpSocket?.host));
}

/** Whether the users of a pod are others on the node: its root is nobody there. */
function hasOwnUsers({ spec }: Pod): boolean {
  return spec.hostUsers === false;
}

function said(isSo: boolean, words: string): string[] {
  return isSo ? [words] : [];
}
