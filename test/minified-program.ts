/** Mistakes in a program whose classes a bundler gave short names; prints what their author reads. */
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as ours from '../src';

/** jsii notes the name of each class on it; in these tests it has not compiled the library. */
for (const [name, each] of Object.entries(ours)) {
  Object.assign(each, { [Symbol.for('jsii.rtti')]: { fqn: `cdk8s-init-containers.${name}` } });
}

class CompanyWait extends ours.WaitForService {}
class CompanyStep extends ours.InitStep {}
class CompanyChart extends Chart {}

const chart = new CompanyChart(new App(), 'shop');
const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'x' }] });
const endpoints = [ours.Endpoint.tcp('db', 5432)];
const command = ['true'];

for (const mistake of [
  () => new ours.InitStep(web, 'Step', { command }),
  () => new ours.WaitForService(web, 'Wait', { endpoints }),
  () => new CompanyWait(web, 'CompanyWait', { endpoints }),
  () => new CompanyStep(web, 'CompanyStep', { command }),
  () => new ours.InitStep(chart, 'step', { command }),
  () => new ours.InitStep(web, 'step', { command, runAs: endpoints[0] as any }),
  () => ours.Endpoint.service(web),
]) {
  try {
    mistake();
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`);
  }
}
