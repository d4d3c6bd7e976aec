import { withVolume } from './claims';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

test('a configuration is seeded once, and what the app has made of it stays', () =>
  inNamespace('seed-config', async namespace => withVolume(namespace, 'wiki', async () => {
    await namespace.apply(goldenYaml('seed-config'));
    await namespace.rolledOut('wiki');
    const first = (await namespace.kubectl(['get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}']));
    await namespace.kubectl(['rollout', 'restart', 'deployment/wiki']);
    await namespace.rolledOut('wiki');

    expect(await namespace.log('deployment/wiki', 'seed-config'))
      .toMatch(/^\S+Z seed-config: \/out\/conf\/wiki.conf is there already\n$/);
    const files = ['sh', '-c', 'cd /data && find . && cat conf/wiki.conf'];
    const lines = (await namespace.kubectl(['exec', 'deployment/wiki', '--', ...files])).trimEnd().split('\n');
    expect(lines.slice(0, -1)).toEqual(['.', './conf', './conf/wiki.conf', 'title = Wiki', `edited = ${first}`]);
    expect(lines.at(-1)).toMatch(/^edited = wiki-/);
  }), 'baseline'));
