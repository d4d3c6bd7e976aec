import { signed } from './authority';
import { configMap, httpsService } from './manifests';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

const RATES = '{ "EUR": 1, "CHF": 0.93 }\n';

test('an app that knows only public authorities calls a server that the corporate one vouches for', () =>
  inNamespace('trust-certificates', async namespace => {
    const { authority, ...certificate } = signed('rates');
    await namespace.apply(httpsService('rates', certificate, '/rates.json', RATES));
    await namespace.ready('rates');
    await namespace.apply([configMap('corporate-ca', { 'ca.crt': authority })]);

    await namespace.apply(goldenYaml('trust-certificates'));
    await namespace.rolledOut('reports');

    expect(await namespace.log('deployment/reports', 'main')).toBe(RATES);
    expect(await namespace.log('deployment/reports', 'trust-corp'))
      .toMatch(/Z trust-corp: wrote \/out\/ca-certificates\.crt: \d+ certificates\n$/);
  }));
