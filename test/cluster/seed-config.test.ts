import { withVolume } from './claims';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

test('a configuration is seeded once, and what the app has made of it stays', () =>
  inNamespace('seed-config', async namespace => withVolume(namespace, 'notes', async () => {
    await namespace.apply(goldenYaml('seed-config'));
    await namespace.rolledOut('notes');
    const first = (await namespace.kubectl(['get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}']));
    await namespace.kubectl(['rollout', 'restart', 'deployment/notes']);
    await namespace.rolledOut('notes');

    expect(await namespace.log('deployment/notes', 'seed-config'))
      .toMatch(/^\S+Z seed-config: \/out\/conf\/wiki.conf is there already\n$/);
    const files = ['sh', '-c', 'cd /data && find . && cat conf/wiki.conf'];
    const lines = (await namespace.kubectl(['exec', 'deployment/notes', '--', ...files])).trimEnd().split('\n');
    expect(lines.slice(0, -1)).toEqual(['.', './conf', './conf/wiki.conf', 'title = Wiki', `edited = ${first}`]);
    expect(lines.at(-1)).toMatch(/^edited = notes-/);
  }), 'baseline'));
