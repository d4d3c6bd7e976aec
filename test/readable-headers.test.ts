/** Headers that stand in the YAML as they are, though they say who asks. */
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import {
  DownloadArchive, DownloadConfig, Endpoint, StartupGraph, WaitForService, type HttpEndpointOptions,
} from '../src';

const { fromSecretValue, fromValue } = kplus.EnvValue;
const secret = fromSecretValue({ secret: { name: 'db' } as kplus.ISecret, key: 'key' });

/** What is said of three steps that ask with the same. */
function findings(asked: Pick<HttpEndpointOptions, 'headers' | 'variables'>): string[][] {
  const web = deployment();
  new WaitForService(web, 'wait', { endpoints: [Endpoint.http('http://api', asked)] });
  new DownloadConfig(web, 'download', { url: 'http://files/a.json', sha256: 'a'.repeat(64), ...asked });
  new DownloadArchive(web, 'archive', { url: 'http://files/a.tar', sha256: 'a'.repeat(64), ...asked });
  return StartupGraph.of(web.node.root as never).findings().map(({ message, remedy }) => [message, remedy!]);
}

test.each<[string, string, HttpEndpointOptions]>([
  ['a token', 'Authorization', { headers: { Authorization: 'Bearer abcdef' } }],
  ['a cookie', 'cookie', { headers: { cookie: 'session=abcdef' } }],
  ['a key', 'X-API-Key', { headers: { 'X-API-Key': 'abcdef' } }],
  ['a variable that is a text', 'X-Vault-Token', {
    headers: { 'X-Vault-Token': '${T}' }, variables: { T: fromValue('abcdef') },
  }],
])('%s that is written as it is is warned of in each step, and not repeated', (_, name, asked) => {
  const found = findings(asked);

  const warning = [
    `sends ${name} as it stands in the YAML`,
    'write ${NAME} there, and in variables NAME: EnvValue.fromSecretValue({ secret, key })',
  ];
  expect(found).toEqual([warning, warning, warning]);
});

test('a header from a Secret and one that is no secret are not warned of', () => {
  const headers = { 'Authorization': 'Bearer ${T}', 'Accept': 'a/b', 'X-Tokens': '1', 'X-API-Key': 'a-${A}-${T}' };

  expect(findings({ headers, variables: { T: secret, A: fromValue('a') } })).toEqual([]);
});

const asking = (value: string) => () =>
  Endpoint.http('http://api', { headers: { Authorization: value }, variables: { T: secret } });
const AS_IT_IS = "Endpoint: 'headers' must take variables without defaults and encodings, got";

testRefusals('a header', [
  ['with a default', asking('Bearer ${T:-hunter2} x'), `${AS_IT_IS} a default of T; write \${T}`],
  ['with an encoding', asking('Basic ${T|base64}'), `${AS_IT_IS} an encoding of T; write \${T}`],
  ['with a line break', asking('Bearer ${T} hunter2\n'),
    "Endpoint: 'headers' must not hold line breaks or other control characters, got one in Authorization"],
  ['with a variable that is not declared', asking('Bearer ${T} ${U} hunter2'),
    "Endpoint: 'headers' must use declared variables only, as ${NAME}, got \"${U}\"; declare it in variables"],
]);
