/** Steps on workloads that cdk8s-plus did not make: of a vendor's manifest and of `cdk8s import k8s`. */
import { App, Chart, Include } from 'cdk8s';
import { DownloadConfig, Endpoint, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

// In a project of your own: import { KubeCronJob } from './imports/k8s';
const { KubeCronJob } = kplus.k8s;

const app = new App();
const chart = new Chart(app, 'any-workload');

const vendor = new Include(chart, 'vendor', { url: `${__dirname}/vendor.yaml` });
const wiki = vendor.apiObjects.find(({ kind, name }) => kind === 'Deployment' && name === 'wiki')!;
const database = vendor.apiObjects.find(({ kind, name }) => kind === 'Service' && name === 'wiki-database')!;

new WaitForService(wiki, 'wait-for-database', { endpoints: [Endpoint.service(database)] });
new DownloadConfig(wiki, 'download-theme', {
  url: 'http://config-service/theme.json',
  path: '/wiki/theme.json',
});

const backup = new KubeCronJob(chart, 'backup', {
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 10001,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [{
              name: 'backup',
              image: 'wiki-backup:1.0',
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            }],
          },
        },
      },
    },
  },
});

new WaitForService(backup, 'wait-for-database', { endpoints: [Endpoint.service(database)] });

app.synth();
