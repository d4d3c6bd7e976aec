import { readdirSync } from 'fs';
import { join } from 'path';
import { example } from './manifests';
import { inNamespace } from './namespace';

const names = readdirSync(join(__dirname, '..', 'golden')).map(file => file.replace('.k8s.yaml', ''));

/** The examples whose app container is as plain as a first attempt is; in all others it is made restricted. */
const PLAIN = ['quickstart'];

test('the API server takes every example, and Pod Security has nothing against a step of ours', () =>
  inNamespace('admission', async namespace => {
    const warnings: { [name: string]: string[] } = {};
    for (const name of names) {
      const input = example(name).replace(/^ {2}namespace: .*$/gm, `  namespace: ${namespace.name}`);
      const { exitCode, stderr } = await namespace.tryKubectl(['apply', '--dry-run=server', '--validate=strict', '-f', '-'], { input });
      warnings[name] = stderr.split('\n').filter(line => line !== '');
      if (exitCode !== 0) throw new Error(`${name} is refused: ${stderr}`);
    }

    expect(warnings).toEqual(Object.fromEntries(names.map(name => [name, PLAIN.includes(name) ? [expect.stringContaining('PodSecurity')] : []])));
    // Each offence names its containers: "main" is the user's own.
    const offenders = PLAIN.flatMap(name => warnings[name][0].match(/containers? "[^)]*?" must/g));
    expect(new Set(offenders)).toEqual(new Set(['container "main" must']));
  }));
