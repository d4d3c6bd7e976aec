import { testAcceptance, testRefusals } from './refusals';
import { Endpoint, FileSource } from '../src';

testRefusals('Endpoint', [
  ['a URL of another scheme',
    () => Endpoint.http('ftp://config'),
    "Endpoint: 'url' must begin with http:// or https://, "
      + 'got "ftp://config"'],
  ['a URL with credentials',
    () => Endpoint.http('https://user:secret@config/app.json'),
    "Endpoint: 'url' must not hold credentials, which would be readable in the YAML, "
      + 'got "https://...@config/app.json"; pass them in a header from a Secret'],
  ['a URL with a space',
    () => Endpoint.http('http://config/my file'),
    "Endpoint: 'url' must consist of printable ASCII characters without spaces, "
      + 'got "http://config/my file"; percent-encode the others'],
  ['a URL with a fragment',
    () => Endpoint.http('http://config/#top'),
    "Endpoint: 'url' must not hold a fragment, "
      + 'got "http://config/#top"; remove #top: it is never sent to a server'],
  ['credentials that curl alone takes for some',
    () => Endpoint.http('http://user\\:pw@config/'),
    "Endpoint: 'url' must not hold credentials, which would be readable in the YAML, "
      + 'got "http://...@config/"; pass them in a header from a Secret'],
  ['a URL whose host only browsers find',
    () => Endpoint.http('http:///config'),
    'Endpoint: \'url\' must be a URL, got "http:///config"'],
  ['a backslash in place of a slash',
    () => Endpoint.http('http://config\\app.json'),
    'Endpoint: \'url\' must be a URL, got "http://config\\\\app.json"'],
  ['port 0 in a URL',
    () => Endpoint.http('http://config:0/'),
    'Endpoint: \'url\' must name a port between 1 and 65535, got "http://config:0/"'],
  ['a port out of range in a URL',
    () => Endpoint.http('http://actuator:99999/health'),
    'Endpoint: \'url\' must name a port between 1 and 65535, got "http://actuator:99999/health"'],
  ['a URL without a scheme',
    () => Endpoint.http('actuator:8081/health'),
    'Endpoint: \'url\' must begin with http:// or https://, got "actuator:8081/health"; '
      + 'write http://actuator:8081/health'],
  ...['${HOST}', '$(HOST)', '{{host}}', 'a..b', '-a', 'a*', '10.0.0.256', 'a%2Eb'].map(host => [
    `the host ${host} in a URL`,
    () => Endpoint.http(`http://${host}:80/h`),
    `Endpoint: 'url' must name a host that is a host name or an IP address, got "http://${host}:80/h"`,
  ] as [string, () => unknown, string]),
  ...[undefined, null].flatMap(host => [
    [`a host of ${host} in a URL`,
      () => Endpoint.http(`http://${host}/h`),
      `Endpoint: 'url' must name a host, got "http://${host}/h"; `
        + `the variable of your program that stands there is ${host}`],
    [`a host of ${host}`,
      () => Endpoint.tcp(`${host}`, 80),
      `Endpoint: 'host' must be a host name or an IP address, got "${host}"; `
        + `the variable of your program that stands there is ${host}`],
  ] as [string, () => unknown, string][]),
  ['a URL with an empty fragment',
    () => Endpoint.http('http://config/#'),
    'Endpoint: \'url\' must not hold a fragment, got "http://config/#"; remove #: it is never sent to a server'],
  ['a URL without a host',
    () => Endpoint.http('http://'),
    "Endpoint: 'url' must be a URL, "
      + 'got "http://"'],
  ['a URL with an upper-case scheme',
    () => Endpoint.http('HTTP://api'),
    "Endpoint: 'url' must begin with http:// or https://, "
      + 'got "HTTP://api"'],
  ['credentials beside a token',
    () => Endpoint.http('http://user:secret@${Token[TOKEN.1]}/'),
    "Endpoint: 'url' must not hold credentials, which would be readable in the YAML, "
      + 'got "http://...@${Token[TOKEN.1]}/"; pass them in a header from a Secret'],
]);

testAcceptance('Endpoint', [
  ...['a', 'a.b.', 'A_b', '10.0.0.1', '[::1]', 'undefined.shop', '${Token[TOKEN.1]}.${Token[TOKEN.2]}'].map(host =>
    [`the host ${host} in a URL`, () => Endpoint.http(`http://${host}:80/h`)] as [string, () => unknown]),
]);

test.each<[string, Endpoint]>([
  ['host and port of a URL', Endpoint.http('https://${Token[TOKEN.1]}:${Token[TOKEN.2]}/x')],
  ['a URL', Endpoint.http('${Token[TOKEN.1]}')],
  ['a URL with certificates', Endpoint.http('${Token[TOKEN.1]}', { caCertificate: FileSource.inline('PEM') })],
  ['a host', Endpoint.tcp('${Token[TOKEN.1]}', 5432)],
])('Endpoint takes a token, whose value is not known yet, for %s', (_, endpoint) => {
  expect(endpoint.description).toContain('${Token[TOKEN.1]}');
});
