/** A Job that fails at once where no further try cures it, and is tried again where one may. */
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { Endpoint, FileSource, GenerateConfig, InitStep, RunAs, WaitForService } from 'cdk8s-init-containers';
import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of the app's container, which runs as the user of its image. */
const restricted: kplus.ContainerSecurityContextProps = {
  user: 10001,
  group: 10001,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

const app = new App();
const chart = new Chart(app, 'fail-at-once');
const credentials = kplus.Secret.fromSecretName(chart, 'credentials', 'reports-db');

const report = new kplus.Job(chart, 'report', {
  metadata: { name: 'report' },
  restartPolicy: kplus.RestartPolicy.NEVER,
  backoffLimit: 2,
  containers: [{
    image: 'busybox:1.37.0',
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command: ['wc', '-l', '/etc/report/report.conf'],
    resources: {
      cpu: { request: kplus.Cpu.millis(50) },
      memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
    },
    securityContext: restricted,
  }],
});
new WaitForService(report, 'wait-for-database', {
  endpoints: [Endpoint.tcp('reports-db', 5432)],
  timeout: Duration.minutes(5),
});
new GenerateConfig(report, 'report-conf', {
  template: FileSource.inline('url = postgres://reports:${PASSWORD|url}@reports-db:5432/reports\n'),
  // Optional: a key that is missing is a step that fails, and no pod that waits for it for ever.
  variables: {
    PASSWORD: kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'password' }, { optional: true }),
  },
  path: '/etc/report/report.conf',
  runAs: RunAs.user(10001, 10001),
  mode: 0o400,
});

// Exit code 2 is wrong input. Any other failure is one of the tries, but for a node that is drained.
const wrongInput = InitStep.of(report).map(({ containerName }) => ({
  action: 'FailJob',
  onExitCodes: { containerName, operator: 'In', values: [2] },
}));
ApiObject.of(report).addJsonPatch(JsonPatch.add('/spec/podFailurePolicy', {
  rules: [...wrongInput, { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
}));

app.synth();
