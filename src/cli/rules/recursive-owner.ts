import { absolute, mountAround } from './on-volumes';
import { scopeOf } from './our-code';
import { firstCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import { hasOption, operands } from '../shell/command';
import { isGuarded } from '../shell/context';

const CHANGES = ['chown', 'chgrp', 'chmod'];

/** A walk through a whole volume whenever a pod starts. */
export const recursiveOwner: Rule = {
  name: 'recursive-owner',
  severity: 'info',
  reason:
    'Of a volume with many files chown -R takes minutes, at every start, though it was '
    + 'done at the first one. On claims only: an emptyDir is empty.',
  fires: `
apiVersion: v1
kind: Pod
metadata: { name: db }
spec:
  initContainers:
    - name: own
      image: busybox:1.37
      command: [chown, -R, '999:999', /data]
      volumeMounts: [{ name: data, mountPath: /data }]
  containers: [{ name: db, image: 'postgres:17' }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`,
  silent: `
apiVersion: v1
kind: Pod
metadata: { name: db }
spec:
  securityContext: { fsGroup: 999, fsGroupChangePolicy: OnRootMismatch }
  containers: [{ name: db, image: 'postgres:17' }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`,
  find: firstCommand((command, container) => {
    const { name, pod, commands } = container;
    const isWalk = CHANGES.includes(command.name) && hasOption(command, 'R', '--recursive');
    if (!isWalk || isGuarded(command, commands)) return undefined;
    const [path] = operands(command).slice(1)
      .flatMap(each => each === undefined ? [] : absolute(container, command, each) ?? []);
    if (path === undefined || !volumesAt(container, path).some(isLarge)) return undefined;
    return {
      message: `walks through all of ${path} whenever the pod starts`,
      remedy:
        `new PrepareVolume(${scopeOf(pod)}, '${name}', { volume, owner: RunAs.user(…) }); looks at the `
        + 'top folder first; fsGroup with fsGroupChangePolicy: OnRootMismatch does it without a step',
    };
  }),
};

/** The volume that a path is in, or those that are mounted below it. */
function volumesAt(container: Container, path: string): any[] {
  const around = mountAround(container, path);
  const below = container.mounts.filter(mount => mount.path.startsWith(`${path}/`));
  return [...(around ? [around] : []), ...below].map(({ volume }) => volume);
}

/** Whether a volume may have many files when a pod starts. */
function isLarge({ emptyDir, configMap, secret }: any): boolean {
  return emptyDir === undefined && !configMap && !secret;
}
