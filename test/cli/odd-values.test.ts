import { variants } from './variants';
import { findingsIn } from '../../src/cli/check/check';
import { manifestsOf } from '../../src/cli/manifests/manifest';
import { podsOf } from '../../src/cli/manifests/pods';

const MANIFESTS = [
  {
    kind: 'ConfigMap',
    metadata: { name: 'scripts', namespace: 'shop' },
    data: { a: 'cd sub; mkdir a' },
  },
  {
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
  },
  {
    kind: 'Deployment',
    metadata: { name: 'db', namespace: 'shop', annotations: { a: 'b' } },
    spec: {
      template: {
        metadata: { labels: { app: 'db' }, annotations: { c: 'd' } },
        spec: {
          securityContext: { runAsUser: 0 },
          initContainers: [
            {
              name: 'wait',
              image: 'busybox',
              command: ['sh', '-c'],
              args: ['until nc -z db 5432 >> /data/log; do sleep 1; done; cp -n /a /data/a'],
              env: [{ name: 'A', value: 'b' }],
              workingDir: '/data',
              resources: { requests: { cpu: 1 } },
              securityContext: { privileged: true, capabilities: { add: ['ALL'], drop: ['ALL'] } },
              volumeMounts: [{ name: 'data', mountPath: '/data', subPath: 'x' }],
            },
            {
              name: 'script',
              image: 'busybox',
              command: ['/scripts/a.sh'],
              volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }],
            },
          ],
          containers: [
            { name: 'db', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/etc/nginx' }] },
          ],
          volumes: [
            { name: 'data', emptyDir: {} },
            { name: 'scripts', configMap: { name: 'scripts', items: [{ key: 'a', path: 'a.sh' }] } },
          ],
        },
      },
    },
  },
];

test.each([[null], [5], ['x'], [true], [[]], [{}], [[null]], [[5]]])(
  'nothing breaks where a manifest has %j in any of its places',
  other => {
    const broken = variants(MANIFESTS, other)
      .filter(each => Array.isArray(each))
      .map(each => each.map((one: unknown) => JSON.stringify(one)).join('\n---\n'));

    expect(broken.length).toBeGreaterThan(40);
    broken.forEach(text => findingsIn(podsOf(manifestsOf('odd.json', text))));
  },
);
