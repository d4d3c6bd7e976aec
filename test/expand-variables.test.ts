import { Chart, Duration, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { said } from './startup/app';
import { deployment, podSpec } from './workload';
import { InitStep, type InitStepProps } from '../src';

const text = (value: string) => kplus.EnvValue.fromValue(value);
const texts = (env: { [name: string]: string }) =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, text(value)]));

function stepOf(props: InitStepProps): any {
  const web = deployment();
  new InitStep(web, 'migrate', props);
  return podSpec(web).initContainers[0];
}

/** What the graph warns of. */
function warnings(props: InitStepProps): string[] {
  const web = deployment();
  new InitStep(web, 'migrate', props);
  return said(Chart.of(web));
}

test('variables stand behind those that they refer to, however they are written', () => {
  const env = texts({ A_URL: 'postgres://$(USER):$(KEY)@$(HOST)/shop', HOST: '$(ZONE).db', USER: 'shop', ZONE: 'a' });
  const key = kplus.EnvValue.fromSecretValue({ secret: { name: 'keys' } as kplus.ISecret, key: 'key' });

  const step = stepOf({
    image: 'a',
    command: ['migrate', '$(A_URL)', '$$(A_URL)', 'costs $é'],
    args: ['$(date -u)'],
    env: { ...env, KEY: key },
    expandVariables: true,
  });

  expect({ command: step.command, args: step.args, env: step.env }).toEqual({
    command: ['migrate', '$(A_URL)', '$$(A_URL)', 'costs $$é'],
    args: ['$(date -u)'],
    env: [
      { name: 'USER', value: 'shop' },
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } },
      { name: 'ZONE', value: 'a' },
      { name: 'HOST', value: '$(ZONE).db' },
      { name: 'A_URL', value: 'postgres://$(USER):$(KEY)@$(HOST)/shop' },
    ],
  });
});

test('variables are replaced in a step with a time limit, too, and in Lazies', () => {
  const { args, env } = stepOf({
    image: 'a',
    command: ['migrate', '$(HOST)'],
    env: { HOST: text('db'), LAZY: text(Lazy.any({ produce: () => '$(HOST)' }) as never) },
    timeout: Duration.minutes(1),
    expandVariables: true,
  });

  expect({ args, env }).toEqual({
    args: ['migrate', '60', 'migrate', '$(HOST)'],
    env: [{ name: 'HOST', value: 'db' }, { name: 'LAZY', value: '$(HOST)' }],
  });
});

test('the variables of the app container that a step is like are put in order with its own', () => {
  const web = deployment({ containers: [{ image: 'a', envVariables: texts({ URL: 'http://$(HOST)', HOST: 'api' }) }] });
  new InitStep(web, 'migrate', {
    likeContainer: 'main', command: ['migrate'], env: texts({ HOST: '$(ZONE).api', ZONE: 'a' }), expandVariables: true,
  });

  expect(podSpec(web).initContainers[0].env.map(({ name }: { name: string }) => name)).toEqual(['ZONE', 'HOST', 'URL']);
});

testRefusals('InitStep', [
  ['variables that refer to each other', () => stepOf({
    image: 'a', command: ['a'], env: texts({ A: '$(B)', B: '$(C)', C: '$(B)' }), expandVariables: true,
  }), "InitStep: 'env' must have no variables that refer to each other in a circle, got B -> C -> B "
    + '[shop/web/migrate]'],
]);

test.each<[string, InitStepProps, string]>([
  ['a variable that is not replaced', { command: ['migrate', '$(HOST)'], env: texts({ HOST: 'db' }) },
    'passes on $(HOST) as it is written, although it has a variable of that name; '
      + 'read the variable in the program, or, in an InitStep, let Kubernetes replace it: expandVariables: true'],
  ['a name that no variable has', { command: ['migrate', '$(DB)'], expandVariables: true },
    'refers to $(DB), which is none of its variables, so that it stays as it is written; '
      + 'add it to env, or write $$(DB) for the text'],
  ['a name with a slip', { command: ['migrate', '$(DB_HSOT)'], env: texts({ DB_HOST: 'db' }), expandVariables: true },
    'refers to $(DB_HSOT), which is none of its variables, so that it stays as it is written; did you mean DB_HOST?'],
])('the graph warns of %s', (_, props, warning) => {
  expect(warnings(props)).toEqual([`warning [shop/web/migrate] ${warning}`]);
});

test.each<[string, InitStepProps]>([
  ['a command of a shell', { command: ['sh', '-c', 'echo $(hostname)'], env: texts({ HOST: 'db' }) }],
  ['a doubled sign', { command: ['a', '$$(HOST)'], env: texts({ HOST: 'db' }), expandVariables: true }],
  ['variables of a Service', { command: ['a', '$(DB_SERVICE_HOST)'], expandVariables: true }],
  ['variables of a ConfigMap', {
    command: ['a', '$(HOST)'],
    envFrom: [kplus.Env.fromConfigMap({ name: 'a' } as kplus.IConfigMap)],
    expandVariables: true,
  }],
])('the graph does not warn of %s', (_, props) => {
  expect(warnings(props)).toEqual([]);
});
