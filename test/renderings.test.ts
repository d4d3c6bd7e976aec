import { ApiObject, Chart, Testing } from 'cdk8s';
import { podTemplate as template } from './workload-kinds';
import { DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, WaitForService } from '../src';

const path = '/app/app.json';
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template } };

afterEach(() => jest.restoreAllMocks());

/** How often an object is rendered while steps join it, and by the synthesis. */
function renderings(change: (web: ApiObject) => unknown): [joined: number, synthesized: number] {
  const toJson = jest.spyOn(ApiObject.prototype, 'toJson');
  const chart = new Chart(Testing.app(), 'shop');
  const web = new ApiObject(chart, 'web', rollout);
  const count = () => toJson.mock.contexts.filter(context => context === web).length;
  change(web);
  const joined = count();
  Testing.synth(chart);
  return [joined, count() - joined];
}

test.each<[string, (web: ApiObject) => unknown, number, number]>([
  ['an InitStep', web => new InitStep(web, 'step', { command: ['true'] }), 1, 3],
  ['a WaitForService', web => new WaitForService(web, 'step', { endpoints: [Endpoint.tcp('db', 5432)] }), 1, 3],
  ['a GenerateConfig', web => new GenerateConfig(web, 'step', { template: FileSource.inline('x'), path }), 2, 3],
  ['a DownloadConfig', web => new DownloadConfig(web, 'step', { url: 'https://config', path }), 2, 3],
])('%s reads an object that is no workload of cdk8s-plus only when it may have changed', (_, ...row) => {
  const [change, joined, synthesized] = row;
  expect(renderings(change)).toEqual([joined, synthesized]);
});

test('the tenth step reads it no more often than the second', () => {
  const steps = (count: number) => renderings(web => {
    for (let index = 0; index < count; index++) new InitStep(web, `step-${index}`, { command: ['true'] });
  });

  expect([steps(2), steps(10)]).toEqual([[2, 3], [10, 3]]);
});
