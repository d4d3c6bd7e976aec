import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { said } from './startup/app';
import { deployment, podSpec } from './workload';
import { InitDefaults, InitStep, StartupGraph, type InitStepProps } from '../src';

const seconds = Duration.seconds;
const migrating = (props: Partial<InitStepProps>, web = deployment()) => {
  new InitStep(web, 'migrate', { image: 'a', command: ['migrate', 'up'], retryInterval: seconds(5), ...props });
  return web;
};
const argsOf = (web: kplus.Deployment) => podSpec(web).initContainers[0].args;

test('a program that is tried again is told its limits in seconds, its final codes and its command', () => {
  const web = migrating({
    args: ['-v'], timeout: seconds(120), attemptTimeout: seconds(20), finalExitCodes: [3, 4],
  });

  expect(argsOf(web)).toEqual(['migrate', '120', '20', '5', '126 127 3 4', 'migrate', 'up', '-v']);
});

test('a program that is tried again has the time of the defaults, of which one try may take all', () => {
  const web = deployment();
  InitDefaults.set(web, { timeout: Duration.minutes(2) });

  expect(argsOf(migrating({}, web))).toEqual(['migrate', '120', '120', '5', '126 127', 'migrate', 'up']);
});

test('the graph counts the time of all tries', () => {
  const web = migrating({ timeout: Duration.minutes(9), attemptTimeout: seconds(20) });

  expect(StartupGraph.of(web).findings()).toEqual([]);
  expect(StartupGraph.of(web).order().map(({ worstCase }) => worstCase?.toSeconds())).toEqual([540]);
});

test('a program that is tried again for longer than its Deployment waits is warned of', () => {
  const web = migrating({ timeout: Duration.minutes(20) });

  expect(said(Chart.of(web))).toHaveLength(1);
  expect(() => Testing.synth(Chart.of(web))).not.toThrow();
});

testRefusals('InitStep', [
  ['tries of a program that is not known', () => migrating({ command: undefined }),
    "InitStep: 'retryInterval' must come with a command, got 5 seconds; "
      + "the image's own program is not known at synth, so nothing can run it again [shop/web/migrate]"],
  ['the limit of a try that is the only one', () => migrating({ retryInterval: undefined, attemptTimeout: seconds(1) }),
    'InitStep: has attemptTimeout but no retryInterval, so its program is run once; name a retryInterval '
      + '[shop/web/migrate]'],
  ['final codes without another try', () => migrating({ retryInterval: undefined, finalExitCodes: [1] }),
    'InitStep: has finalExitCodes but no retryInterval, so its program is run once; name a retryInterval '
      + '[shop/web/migrate]'],
  ['a pause beyond the time', () => migrating({ timeout: seconds(4) }),
    "InitStep: 'retryInterval' must be at most the timeout of 4 s, got 5 s [shop/web/migrate]"],
  ['a try beyond the time', () => migrating({ timeout: seconds(20), attemptTimeout: seconds(21) }),
    "InitStep: 'attemptTimeout' must be at most the timeout of 20 s, got 21 s [shop/web/migrate]"],
  ['a pause of a part of a second', () => migrating({ retryInterval: Duration.millis(500) }),
    "InitStep: 'retryInterval' must be between one second and one day, in whole seconds, got 0.5 s [shop/web/migrate]"],
  ['success that is final', () => migrating({ finalExitCodes: [0] }),
    "InitStep: 'finalExitCodes' must be exit codes between 1 and 255, got 0 [shop/web/migrate]"],
  ['a time that the program keeps', () => migrating({ endsWithin: seconds(20) }),
    'InitStep: has both retryInterval and endsWithin; timeout is enough: the library keeps it [shop/web/migrate]'],
  ['a variable of the library', () => migrating({ env: { step_seconds: kplus.EnvValue.fromValue('1') } }),
    "InitStep: 'env' must not name variables that begin with step_ or var_, got \"step_seconds\"; "
      + 'the programs of the steps get their own in them [shop/web/migrate]'],
]);
