import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { InitStep } from '../../src';
import { deployment } from '../workload';

const spec = '/spec/template/spec';
const windows: [string, JsonPatch][] = [
  ['its operating system', JsonPatch.add(`${spec}/os`, { name: 'windows' })],
  ['its node selector', JsonPatch.add(`${spec}/nodeSelector`, { 'kubernetes.io/os': 'windows' })],
];
const linux: [string, JsonPatch][] = [
  ['its operating system', JsonPatch.add(`${spec}/os`, { name: 'linux' })],
  ['its node selector', JsonPatch.add(`${spec}/nodeSelector`, { 'kubernetes.io/os': 'linux' })],
];

function rollout(): ApiObject {
  return new ApiObject(new Chart(Testing.app(), 'shop'), 'web', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    spec: { template: { spec: { containers: [{ name: 'app' }] } } },
  });
}

test.each(windows)('a pod that is for Windows by %s gets no step', (_, patch) => {
  const web = rollout();
  web.addJsonPatch(patch);

  expect(() => new InitStep(web, 'step', { command: ['true'] })).toThrow(new Error(
    "InitStep: 'scope' must be a workload for Linux, got shop/web, which is for Windows; "
    + 'steps are Linux containers [shop/web/step]'));
});

describe.each([['a Deployment of cdk8s-plus', deployment], ['an Argo Rollout', rollout]])('in %s', (_, make) => {
  test.each(windows)('a pod with a step is not to be made one for Windows by %s', (__, patch) => {
    const web = make();
    new InitStep(web, 'step', { command: ['true'] });
    ApiObject.of(web).addJsonPatch(patch);

    expect(() => Testing.synth(Chart.of(web)))
      .toThrow('[shop/web] is for Windows, but steps are Linux containers');
  });

  test.each(linux)('a pod that is for Linux by %s gets its steps', (__, patch) => {
    const web = make();
    ApiObject.of(web).addJsonPatch(patch);
    new InitStep(web, 'step', { command: ['true'] });

    expect(() => Testing.synth(Chart.of(web))).not.toThrow();
  });
});
