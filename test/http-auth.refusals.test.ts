import * as kplus from 'cdk8s-plus-28';
import { testAcceptance, testRefusals } from './refusals';
import {
  DownloadArchive, DownloadConfig, Endpoint, FileSource, HttpAuth, WaitForService,
} from '../src';
import { deployment } from './workload';

const { fromValue, fromSecretValue, fromResource } = kplus.EnvValue;
const secrets = { name: 'secrets' } as kplus.ISecret;
const secretKey = fromSecretValue({ secret: secrets, key: 'key' });
const pem = FileSource.inline('PEM');
const inSecret = FileSource.fromSecret(secrets, 'tls.key');
const client = HttpAuth.clientCertificate(pem, inSecret);

testRefusals('HttpAuth', [
  ['new',
    () => new (HttpAuth as any)('admin', 'secret'),
    'HttpAuth: is not made with new; write HttpAuth.basic or .clientCertificate'],
  ['a password that would stand in the YAML',
    () => HttpAuth.basic(fromValue('admin'), fromValue('secret')),
    "HttpAuth: 'password' must not be a text, which would be readable in the YAML, got one; "
      + 'use EnvValue.fromSecretValue'],
  ['a user with a colon',
    () => HttpAuth.basic(fromValue('a:b'), secretKey),
    "HttpAuth: 'user' must not hold a colon, where the password would begin, got one"],
  ['an empty user',
    () => HttpAuth.basic(fromValue(''), secretKey),
    'HttpAuth: \'user\' must not be empty, got ""'],
  ['a user with a line break',
    () => HttpAuth.basic(fromValue('a\n'), secretKey),
    'HttpAuth: \'user\' must not hold line breaks or other control characters, got "a\\n"'],
  ['a user that is a text in place of a variable',
    () => HttpAuth.basic('admin' as unknown as kplus.EnvValue, secretKey),
    "HttpAuth: 'user' must be an EnvValue, got a text; write EnvValue.fromSecretValue({ secret, key })"],
  ['a password that reads the resources of the step',
    () => HttpAuth.basic(secretKey, fromResource(kplus.ResourceFieldPaths.CPU_LIMIT)),
    "HttpAuth: 'password' must name the container whose resources it reads, got nothing; "
      + 'pass { container } to EnvValue.fromResource, or it would be the step itself'],
  ['a certificate of several files',
    () => HttpAuth.clientCertificate(FileSource.concat([pem, inSecret]), inSecret),
    "HttpAuth: 'certificate' must be one file that is there, got inline text, key tls.key of Secret secrets; "
      + 'write it by a CopyFiles, and use FileSource.fromShared'],
  ['a key that may be missing',
    () => HttpAuth.clientCertificate(
      pem, FileSource.fromSecret(secrets, 'tls.key', { optional: true }),
    ),
    "HttpAuth: 'key' must be one file that is there, got key tls.key of Secret secrets; "
      + 'write it by a CopyFiles, and use FileSource.fromShared'],
  ['a key that would stand in the YAML',
    () => HttpAuth.clientCertificate(pem, FileSource.fromFile(__filename)),
    "HttpAuth: 'key' must come from the cluster, because its text would be readable in the YAML, "
      + `got file ${__filename}; use FileSource.fromSecret`],
  ['a certificate that is a text',
    () => HttpAuth.clientCertificate('PEM' as unknown as FileSource, inSecret),
    "HttpAuth: 'certificate' must be a FileSource, got \"PEM\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path)'],
]);

testRefusals('DownloadConfig', [
  ['a client certificate for plain http',
    () => new DownloadConfig(deployment(), 'download', { url: 'http://a', auth: client }),
    "DownloadConfig: 'auth' must not be a client certificate for a plain http URL, got one [shop/web/download]"],
  ['user and password beside a header that says who asks',
    () => new DownloadConfig(deployment(), 'download', {
      url: 'http://a', auth: HttpAuth.basic(secretKey, secretKey), headers: { Authorization: 'Bearer x' },
    }),
    "DownloadConfig: 'auth' must be left out beside the header Authorization, got user and password; "
      + 'a request has one of them [shop/web/download]'],
  ['a user in place of who asks',
    () => new DownloadConfig(deployment(), 'download', { url: 'http://a', auth: 'admin' as unknown as HttpAuth }),
    "DownloadConfig: 'auth' must be an HttpAuth, got \"admin\"; "
      + 'write HttpAuth.basic(user, password) or HttpAuth.clientCertificate(certificate, key) [shop/web/download]'],
]);

const { file: ofOthers } = new DownloadConfig(deployment(), 'key', { url: 'http://a/key' });
const foreign = HttpAuth.clientCertificate(pem, FileSource.fromShared(ofOthers));
const WRONG_POD = "must belong to shop/web, got directory 'key-files' of shop/web; "
  + 'an emptyDir is seen by the containers of its own pod only';

testRefusals('A step', [
  ['the key of another workload for a download',
    () => new DownloadConfig(deployment(), 'get', { url: 'https://a', auth: foreign }),
    `DownloadConfig: 'auth' ${WRONG_POD} [shop/web/get]`],
  ['the key of another workload for an archive',
    () => new DownloadArchive(deployment(), 'get', { url: 'https://a/b.zip', auth: foreign }),
    `DownloadArchive: 'auth' ${WRONG_POD} [shop/web/get]`],
  ['the key of another workload for the second of two endpoints',
    () => new WaitForService(deployment(), 'wait', {
      endpoints: [Endpoint.http('https://a', { auth: client }), Endpoint.http('https://b', { auth: foreign })],
    }),
    `WaitForService: 'auth' ${WRONG_POD} [shop/web/wait]`],
  ['certificates of another workload beside a key of its own',
    () => new DownloadConfig(deployment(), 'get', {
      url: 'https://a', auth: client, caCertificate: FileSource.fromShared(ofOthers),
    }),
    `DownloadConfig: 'caCertificate' ${WRONG_POD} [shop/web/get]`],
]);

testAcceptance('HttpAuth', [
  ['an empty password, beside a key that is the user', () => HttpAuth.basic(secretKey, fromValue(''))],
  ['a key that an earlier step writes', () => {
    const web = deployment();
    const { file } = new DownloadConfig(web, 'key', { url: 'http://a/key' });
    const auth = HttpAuth.clientCertificate(pem, FileSource.fromShared(file));
    new WaitForService(web, 'wait', { endpoints: [Endpoint.http('https://api', { auth })] });
  }],
]);
