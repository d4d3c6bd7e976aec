import { signed } from './authority';
import { kubectl, until } from './kubectl';
import { configMap, httpsService } from './manifests';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

const MIRROR = 'registry.corp.example/mirror';
const CURL = `${MIRROR}/curlimages/curl:8.22.0`
  + '@sha256:58adaa4e8dca9c988bae2aba4ab3434a0bb2da16bbe3f92dec39ec7785166777';
const RATES = '{ "EUR": 1, "CHF": 0.93 }\n';

test('in an air-gapped cluster images come from the mirror, and the corporate CA vouches for the download', () =>
  inNamespace('air-gapped', async namespace => {
    const { authority, ...certificate } = signed('rates');
    await namespace.apply(httpsService('rates', certificate, '/rates.json', RATES));
    await namespace.ready('rates');
    await namespace.apply([corporateCa(signed('rates').authority)]);
    await namespace.apply(await mirrored(goldenYaml('air-gapped')));
    await until('the wait refuses a certificate that another authority has signed', async () => {
      const log = await namespace.log('deployment/billing', 'wait-for-rates');
      return /rates\/healthz: certificate not trusted: /.test(log);
    });

    await namespace.apply([corporateCa(authority)]);
    await namespace.kubectl(['delete', 'pods', '-l', 'cdk8s.io/metadata.addr']);
    await namespace.rolledOut('billing');

    expect(await namespace.log('deployment/billing', 'main')).toBe(RATES);
    const { spec } = await namespace.podOf('billing');
    const images = spec.initContainers.map(({ image }: any) => image.replace('docker.io', MIRROR));
    expect(images).toEqual([CURL, CURL]);
  }));

const corporateCa = (pem: string) => configMap('corporate-ca', { 'ca.crt': pem });

/** YAML as it is, or, in a cluster that knows no such mirror, with the images from where the mirror has them. */
async function mirrored(yaml: string): Promise<string> {
  const { items } = JSON.parse(await kubectl(['get', 'nodes', '-o', 'json']));
  const images = items.flatMap(({ status }: any) => status.images.flatMap(({ names }: any) => names)) as string[];
  return images.some(image => image.startsWith(MIRROR)) ? yaml : yaml.replaceAll(MIRROR, 'docker.io');
}
