import { manifestsOf } from '../../src/cli/manifests/manifest';
import { podsOf } from '../../src/cli/manifests/pods';
import { unsaidIn } from '../../src/cli/validation/unsaid';

const BY_HAND = (host: string) =>
  ({ name: 'wait', image: 'busybox:1.37', command: ['sh', '-c', `until nc -z ${host} 80; do sleep 1; done`] });
const OURS = (host: string) => ({
  name: 'wait',
  image: 'busybox:1.37',
  command: ['sh', '-c', '# cdk8s-init-containers wait'],
  env: [{ name: 'step_endpoints', value: `tcp://${host}:80` }, { name: 'step_timeout', value: '60' }],
});

/** A Pod with an init container, behind a Service. */
function pod(name: string, initContainer: object): object[] {
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: name } },
      spec: { initContainers: [initContainer], containers: [{ name, image: 'nginx:1.29' }] },
    },
  ];
}

test.each([
  ['an error of hand-written waits', BY_HAND('api'), BY_HAND('web'), ['error']],
  ['doubtful if one is of a step of ours, which others may answer', BY_HAND('api'), OURS('web'), ['warning']],
  ['left to the synthesis if all are', OURS('api'), OURS('web'), []],
])('a circle in what a program makes is %s', (_, web, api, severities) => {
  const objects = [...pod('web', web), ...pod('api', api)].map(each => JSON.stringify(each));
  const found = unsaidIn(podsOf(manifestsOf('shop.yaml', objects.join('\n---\n'))));

  expect(found.filter(({ message }) => message.includes('circle')).map(({ severity }) => severity)).toEqual(severities);
});
