/** Secrets of requests that others can read, and signatures for another region: warnings of each step that asks. */
import * as kplus from 'cdk8s-plus-28';
import { deployment } from './workload';
import {
  ArchiveFormat, CloneRepository, DownloadArchive, DownloadConfig, Endpoint, FileSource, GitAuth, HttpAuth,
  StartupGraph, WaitForService, type AwsSignatureOptions,
} from '../src';

const configMap = { name: 'settings' } as kplus.IConfigMap;
const secret = { name: 'keys' } as kplus.ISecret;
const fromSecret = kplus.EnvValue.fromSecretValue({ secret, key: 'key' });
const fromConfigMap = kplus.EnvValue.fromConfigMap(configMap, 'key');
const user = kplus.EnvValue.fromValue('shop');

const findingsOf = (web: kplus.Deployment) =>
  StartupGraph.of(web.node.root as never).findings().map(({ message, remedy }) => [message, remedy!]);

/** What is said of three steps that ask for the same. */
function findings(url: string, auth?: HttpAuth): string[][] {
  const web = deployment();
  new WaitForService(web, 'wait', { endpoints: [Endpoint.http(url, { auth })] });
  new DownloadConfig(web, 'download', { url, auth, sha256: 'a'.repeat(64), fileName: 'a' });
  new DownloadArchive(web, 'archive', { url, auth, sha256: 'a'.repeat(64), format: ArchiveFormat.TAR });
  return findingsOf(web);
}

const signed = (options: Partial<AwsSignatureOptions> = {}) => HttpAuth.awsSignature({
  accessKeyId: fromSecret, secretAccessKey: fromSecret, region: 'us-east-1', ...options,
});

const inConfigMap = (what: string, remedy = 'EnvValue.fromSecretValue') => [
  `takes its ${what} from a ConfigMap, which more people may read than a Secret`,
  `put it into a Secret, and use ${remedy}`,
];
const onItsWay = (what: string) =>
  [`sends its ${what} over plain http, where it can be read on its way`, 'write https://'];

test.each<[string, string, HttpAuth | undefined, string[]]>([
  ['a password of a ConfigMap', 'https://api/a', HttpAuth.basic(user, fromConfigMap), inConfigMap('password')],
  ['a key of a ConfigMap', 'https://api/a', signed({ secretAccessKey: fromConfigMap }), inConfigMap('secretAccessKey')],
  ['a session of a ConfigMap', 'https://api/a', signed({ sessionToken: fromConfigMap }), inConfigMap('sessionToken')],
  ['the key of a certificate in a ConfigMap', 'https://api/a',
    HttpAuth.clientCertificate(FileSource.inline('x'), FileSource.fromConfigMap(configMap, 'tls.key')),
    inConfigMap('key', 'FileSource.fromSecret')],
  ['a password over plain http', 'http://api.example.com:8080/a', HttpAuth.basic(user, fromSecret),
    onItsWay('password')],
  ['a user who is a key over plain http', 'http://api.example.com/a',
    HttpAuth.basic(fromSecret, kplus.EnvValue.fromValue('')), onItsWay('user')],
  ['a signature of AWS in a URL', 'https://s3.example.com/a?X-Amz-Date=x&X-Amz-Signature=abc', undefined, [
    'has a url with X-Amz-Signature, with which whoever reads the YAML may ask, too',
    "write url: '${URL}', and in variables URL: EnvValue.fromSecretValue({ secret, key })",
  ]],
  ['a region that the host is not in', 'https://data.s3.eu-west-1.amazonaws.com/a', signed(), [
    'signs for region us-east-1, but its url is that of eu-west-1, which refuses that',
    "write region: 'eu-west-1'",
  ]],
])('%s is warned of in each step', (_, url, auth, warning) => {
  expect(findings(url, auth)).toEqual([warning, warning, warning]);
});

test.each<[string, string, HttpAuth | undefined]>([
  ['a password of a Secret', 'https://api.example.com/a', HttpAuth.basic(user, fromSecret)],
  ['a password for a Service', 'http://api.shop.svc/a', HttpAuth.basic(user, fromSecret)],
  ['a password for a Service of a domain', 'http://api.shop.svc.corp/a', HttpAuth.basic(user, fromSecret)],
  ['a password for a Service and its namespace', 'http://api.shop/a', HttpAuth.basic(user, fromSecret)],
  ['a password for an address', 'http://10.0.0.1/a', HttpAuth.basic(user, fromSecret)],
  ['the region of the host', 'https://s3.us-east-1.amazonaws.com/a', signed()],
  ['a host without a region', 'https://s3.amazonaws.com/a', signed({ region: 'eu-west-1' })],
  ['another signature', 'https://example.com/a?signature=abc', undefined],
])('%s is not warned of', (_, url, auth) => {
  expect(findings(url, auth)).toEqual([]);
});

test('a signature that comes from a Secret is not warned of', () => {
  const web = deployment();
  new DownloadConfig(web, 'download', {
    url: 'https://s3.example.com/a?X-Amz-Signature=${SIGNATURE}',
    variables: { SIGNATURE: fromSecret },
    sha256: 'a'.repeat(64),
    path: '/a',
  });

  expect(findingsOf(web)).toEqual([]);
});

const clone = (url: string, auth: GitAuth) => {
  const web = deployment();
  new CloneRepository(web, 'clone', { url, auth, path: '/a' });
  return findingsOf(web);
};
const hosts = FileSource.inline('git.example.com ssh-ed25519 AAAA\n');
const keyOf = (source: FileSource) => GitAuth.sshKey(source, hosts);

test.each<[string, string, GitAuth, string[][]]>([
  ['a token of a ConfigMap', 'https://git.example.com/a', GitAuth.token(fromConfigMap), [inConfigMap('token')]],
  ['a token over plain http', 'http://git.example.com/a', GitAuth.token(fromSecret), [onItsWay('token')]],
  ['a key of a ConfigMap', 'git@git.example.com:a', keyOf(FileSource.fromConfigMap(configMap, 'key')),
    [inConfigMap('key', 'FileSource.fromSecret')]],
  ['a token of a Secret, in the cluster', 'http://gitea.tools.svc:3000/a', GitAuth.token(fromSecret), []],
  ['a key of a Secret', 'git@git.example.com:a', keyOf(FileSource.fromSecret(secret, 'key')), []],
])('of a clone with %s is said what can be read of it', (_, url, auth, warnings) => {
  expect(clone(url, auth)).toEqual(warnings);
});
