/** For Argo CD and Flux: programs in ConfigMaps, a template that Flux leaves alone, and waves. */
import { App, Chart } from 'cdk8s';
import {
  DeployOrder, Endpoint, FileSource, GenerateConfig, InitDefaults, Programs, StartupGraph, WaitForService,
} from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'gitops');
InitDefaults.set(app, { programs: Programs.CONFIG_MAP });
const web = new kplus.Deployment(chart, 'web', {
  metadata: { name: 'gitops', annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
  containers: [{ image: 'my-app:1.0', portNumber: 8080 }],
});
new WaitForService(web, 'wait-for-db', { endpoints: [Endpoint.tcp('my-database-service', 5432)] });
new GenerateConfig(web, 'app-conf', {
  template: FileSource.inline('pod = ${POD}\n'),
  variables: { POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
  path: '/app/app.conf',
});

const reports = new kplus.Deployment(chart, 'reports', {
  metadata: { name: 'gitops-reports' },
  containers: [{ image: 'my-reports:1.0' }],
});
new WaitForService(reports, 'wait-for-web', {
  endpoints: [Endpoint.service(web.exposeViaService({ name: 'gitops' }))],
});

// Last, when all waits are there: Argo CD applies the reports when the app is healthy.
StartupGraph.of(app).annotate(DeployOrder.ARGO_CD);

app.synth();
