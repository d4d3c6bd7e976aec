import { scopeOf } from './our-code';
import type { Hit, Rule } from './rule';
import type { Container, Pod } from '../manifests/pods';

/** Folders that images cannot do without. */
const NEEDED: readonly { image: RegExp; folder: string; holds: string }[] = [
  {
    image: /(^|[/-])nginx(:|@|$|-unprivileged)/,
    folder: '/etc/nginx',
    holds: 'mime.types and conf.d',
  },
  { image: /(^|\/)httpd(:|@|$)/, folder: '/usr/local/apache2', holds: 'the server itself' },
  {
    image: /(^|\/)httpd(:|@|$)/,
    folder: '/usr/local/apache2/conf',
    holds: 'mime.types and httpd.conf',
  },
  {
    image: /(^|\/)php(:|@|$)/,
    folder: '/usr/local/etc',
    holds: 'the configuration of php-fpm',
  },
  { image: /(^|\/)haproxy(:|@|$)/, folder: '/usr/local', holds: 'the server itself' },
  { image: /./, folder: '/usr', holds: 'the programs of the image' },
  { image: /./, folder: '/usr/bin', holds: 'the programs of the image' },
  { image: /./, folder: '/usr/lib', holds: 'the libraries of the image' },
  { image: /./, folder: '/bin', holds: 'the programs of the image' },
  {
    image: /./,
    folder: '/etc',
    holds: 'users, certificates and the names that it resolves',
  },
];

/** A volume of an app that hides what its image has there. */
export const hidesImageFiles: Rule = {
  name: 'hides-image-files',
  severity: 'warning',
  reason:
    'A volume at a folder hides all that the image has in it: with one generated '
    + 'nginx.conf at /etc/nginx the files are gone that it includes.',
  fires: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: generate
      image: busybox:1.37
      command: [sh, -c, 'echo "events {}" > /config/nginx.conf']
      volumeMounts: [{ name: config, mountPath: /config }]
  containers:
    - name: nginx
      image: nginx:1.29
      volumeMounts: [{ name: config, mountPath: /etc/nginx }]
  volumes: [{ name: config, emptyDir: {} }]
`,
  silent: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: generate
      image: busybox:1.37
      command: [sh, -c, 'echo "events {}" > /config/nginx.conf']
      volumeMounts: [{ name: config, mountPath: /config }]
  containers:
    - name: nginx
      image: nginx:1.29
      volumeMounts: [{ name: config, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }]
  volumes: [{ name: config, emptyDir: {} }]
`,
  find: ({ pods }) =>
    pods
      .filter(({ initContainers }) => initContainers.length > 0)
      .flatMap(pod => pod.containers.flatMap(container => hiddenIn(pod, container))),
};

function hiddenIn(pod: Pod, container: Container): Hit[] {
  return container.mounts.flatMap(({ path, volume, subPath }, index) => {
    const needed = NEEDED.find(
      ({ image, folder }) => folder === path && image.test(container.image ?? ''),
    );
    if (!needed || volume.hostPath || isFilledByItself(pod, container, volume.name)) return [];
    const what = subPath === undefined ? `volume '${volume.name}'` : `'${subPath}' of volume '${volume.name}'`;
    return [
      {
        container,
        pod,
        at: `/volumeMounts/${index}`,
        message: `mounts ${what} at ${path}, which hides what the image has there: ${needed.holds}`,
        remedy:
          `mount the file alone, at its own path, with subPath; new GenerateConfig(${scopeOf(pod)}, 'config', `
          + `{ template, path: '${path}/…' }) does so`,
      },
    ];
  });
}

/** A copy of the image's own folder may have been made first. */
function isFilledByItself(
  { initContainers }: Pod,
  { image }: Container,
  volume: string,
): boolean {
  return initContainers.some(
    each => each.image === image && each.mounts.some(mount => mount.volume.name === volume),
  );
}
