/** Steps in the pod of a Helm chart that Argo CD installs: they go into its values, before anything is rendered. */
import { ApiObject, App, Chart } from 'cdk8s';
import { Endpoint, FileSource, GenerateConfig, PodFragment, RunAs, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

const app = new App();
const chart = new Chart(app, 'helm-values');
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'wiki-credentials');
const password = kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' });

// As the chart names the container of the app.
const pod = new PodFragment(chart, 'wiki-pod', {
  containers: ['wiki'],
  metadata: { namespace: 'wiki' },
});

new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('wiki-db', 5432)] });
new GenerateConfig(pod, 'wiki-conf', {
  template: FileSource.inline('db = "postgres://wiki:${PASSWORD|url}@wiki-db/wiki"\n'),
  variables: { PASSWORD: password },
  path: '/etc/wiki/wiki.conf',
  // As the chart runs the app, which alone may read the password.
  runAs: RunAs.user(1000, 1000),
  mode: 0o600,
});

new ApiObject(chart, 'wiki', {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'wiki', namespace: 'argocd' },
  spec: {
    project: 'default',
    source: {
      repoURL: 'https://charts.example/stable',
      chart: 'wiki',
      targetRevision: '4.2.0',
      helm: {
        // As the chart calls them.
        valuesObject: {
          initContainers: pod.initContainers,
          extraVolumes: pod.volumes,
          extraVolumeMounts: pod.volumeMounts('wiki'),
        },
      },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'wiki' },
  },
});

app.synth();
