import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

// A network that does not enforce policies lets everything through; test/isolated.test.ts works out what
// the policies let through.
test('an isolated pod gets past its wait with what the example opens', () =>
  inNamespace('isolated', async namespace => {
    await namespace.apply(goldenYaml('isolated'));
    await namespace.rolledOut('sessions');
    await namespace.rolledOut('login');

    const wait = (await namespace.log('deployment/login', 'wait-for-sessions')).trimEnd().split('\n');
    expect(wait.at(-1)).toMatch(/^\S+Z wait-for-sessions: tcp:\/\/sessions:6379: up \(attempt \d+\)/);
  }));
