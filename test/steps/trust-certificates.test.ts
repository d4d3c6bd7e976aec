import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, TrustCertificates, type TrustCertificatesProps } from '../../src';
import { trustCertificates } from '../../src/programs';
import { podSpecIn } from '../pod-spec';
import { testRefusals } from '../refusals';
import { deployment, podSpec } from '../workload';
import { workloadKinds } from '../workload-kinds';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const configMap = { name: 'corp' } as kplus.IConfigMap;
const VARIABLES = [
  'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO',
];
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const BUNDLE_MOUNT = { mountPath: BUNDLE, name: 'trust-files', readOnly: true, subPath: 'ca-certificates.crt' };

const app = (name: string, env: { [name: string]: string } = {}): kplus.ContainerProps => ({
  name,
  image: 'my-app:1.0',
  envVariables: Object.fromEntries(
    Object.entries(env).map(([key, value]) => [key, kplus.EnvValue.fromValue(value)]),
  ),
});

function trusted(props: Partial<TrustCertificatesProps> = {}, containers = [app('main')]): any {
  const web = deployment({ containers });
  new TrustCertificates(web, 'trust', { certificates: [FileSource.inline(PEM)], ...props });
  return podSpec(web);
}

test('the bundle is where programs look, in every container, and named by the variables that they look at', () => {
  const { initContainers: [step], containers } = trusted({
    certificates: [FileSource.inline(PEM), FileSource.fromConfigMap(configMap, 'ca.crt')],
  }, [app('main', { SSL_CERT_FILE: '/mine' }), app('sidecar')]);

  expect(step).toMatchObject({
    command: ['sh', '-c', trustCertificates({ file: { keep: false, shared: false, inFolder: false } }).text],
    args: [
      'trust', 'text', PEM, 'inline text', 'file', '/in/certificates-2', 'key ca.crt of ConfigMap corp',
    ],
    env: [
      { name: 'step_destination', value: '/out/ca-certificates.crt' },
      { name: 'step_mode', value: '0644' },
    ],
  });
  expect(step.image).toMatch(/curlimages\/curl:/);
  expect(containers.map(({ volumeMounts }: any) => volumeMounts)).toEqual([[BUNDLE_MOUNT], [BUNDLE_MOUNT]]);
  expect(containers.map(({ env }: any) => env)).toEqual([
    [{ name: 'SSL_CERT_FILE', value: '/mine' }, ...VARIABLES.slice(1).map(name => ({ name, value: BUNDLE }))],
    VARIABLES.map(name => ({ name, value: BUNDLE })),
  ]);
});

test('one container sees it, at another path, without variables', () => {
  const { containers: [main, sidecar] } = trusted({
    containers: ['sidecar'], path: '/certs/all.pem', exportVariables: false,
  }, [app('main'), app('sidecar')]);

  expect([main, sidecar].map(({ env }) => env)).toEqual([undefined, undefined]);
  expect(main.volumeMounts).toBeUndefined();
  expect(sidecar.volumeMounts).toEqual([{ ...BUNDLE_MOUNT, mountPath: '/certs/all.pem' }]);
});

test.each(workloadKinds)('%s has it in the containers of its pod', (_, make) => {
  const chart = new Chart(Testing.app(), 'shop');
  new TrustCertificates(make(chart), 'trust', { certificates: [FileSource.inline(PEM)] });

  const { containers } = chart.toJson().map(podSpecIn).find(spec => spec?.initContainers);
  expect(containers.map(({ env = [] }: any) => env.filter(({ name }: any) => VARIABLES.includes(name)))).toEqual(
    containers.map(() => VARIABLES.map(name => ({ name, value: BUNDLE }))),
  );
});

testRefusals('TrustCertificates', [
  ['no certificates', () => trusted({ certificates: [] }),
    "TrustCertificates: 'certificates' must name at least one, got none [shop/web/trust]"],
  ['a text that is no certificate', () => trusted({ certificates: [FileSource.inline('MIIB')] }),
    "TrustCertificates: 'certificates' must be in PEM form, got inline text; it begins with "
      + '-----BEGIN CERTIFICATE-----; of DER make it by openssl x509 -inform der [shop/web/trust]'],
  ['a private key', () => trusted({ certificates: [FileSource.inline(`${PEM}-----BEGIN PRIVATE KEY-----`)] }),
    "TrustCertificates: 'certificates' must not hold a private key, got inline text [shop/web/trust]"],
  ['a container that is not there', () => trusted({ containers: ['sidecar'] }),
    "TrustCertificates: 'containers' must name containers of shop/web, got \"sidecar\"; it has: main [shop/web/trust]"],
]);
