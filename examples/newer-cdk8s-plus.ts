/** The `main.ts` of `cdk8s init typescript-app`, with steps on a Deployment of the cdk8s-plus that it brings. */
import { Construct } from 'constructs';
import { App, Chart, ChartProps } from 'cdk8s';
import { Endpoint, FileSource, GenerateConfig, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-33';

export class MyChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = { }) {
    super(scope, id, props);

    const api = new kplus.Deployment(this, 'api', { containers: [{ image: 'my-api:1.0', portNumber: 8080 }] });
    const web = new kplus.Deployment(this, 'web', { containers: [{ image: 'my-web:1.0' }] });
    new WaitForService(web, 'wait-for-api', { endpoints: [Endpoint.service(api.exposeViaService())] });
    new GenerateConfig(web, 'app-conf', {
      template: FileSource.inline('workers = ${WORKERS}\n'),
      variables: { WORKERS: kplus.EnvValue.fromValue('4') },
      path: '/app/app.conf',
    });
  }
}

const app = new App();
new MyChart(app, 'newer-cdk8s-plus');
app.synth();
