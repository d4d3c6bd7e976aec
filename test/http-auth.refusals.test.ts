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
const keys = { accessKeyId: secretKey, secretAccessKey: secretKey, region: 'eu-central-1' };
const signature = HttpAuth.awsSignature(keys);
const READABLE = 'must not be a text, which would be readable in the YAML, got one; use EnvValue.fromSecretValue';
const ENCODED = 'must have a path that is percent-encoded, but for letters, digits and -._~/, where it is signed';

testRefusals('HttpAuth', [
  ['new',
    () => new (HttpAuth as any)('admin', 'secret'),
    'HttpAuth: is not made with new; write HttpAuth.basic, .clientCertificate or .awsSignature'],
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
    "HttpAuth: 'certificate' must be one file, got inline text, key tls.key of Secret secrets; "
      + 'write it by a CopyFiles, and use FileSource.fromShared'],
  ['a key that may be missing',
    () => HttpAuth.clientCertificate(
      pem, FileSource.fromSecret(secrets, 'tls.key', { optional: true }),
    ),
    "HttpAuth: 'key' must not be optional, got key tls.key of Secret secrets; leave out { optional: true }"],
  ['a key that would stand in the YAML',
    () => HttpAuth.clientCertificate(pem, FileSource.fromFile(__filename)),
    "HttpAuth: 'key' must come from the cluster, because its text would be readable in the YAML, "
      + `got file ${__filename}; use FileSource.fromSecret`],
  ['a secret key that would stand in the YAML',
    () => HttpAuth.awsSignature({ ...keys, secretAccessKey: fromValue('secret') }),
    `HttpAuth: 'secretAccessKey' ${READABLE}`],
  ['a session token that would stand in the YAML',
    () => HttpAuth.awsSignature({ ...keys, sessionToken: fromValue('secret') }),
    `HttpAuth: 'sessionToken' ${READABLE}`],
  ['the id of a key with a colon',
    () => HttpAuth.awsSignature({ ...keys, accessKeyId: fromValue('a:b') }),
    'HttpAuth: \'accessKeyId\' must not be empty, and hold no colon, blank or line break, got "a:b"'],
  ['a region that is a URL',
    () => HttpAuth.awsSignature({ ...keys, region: 'https://s3' }),
    'HttpAuth: \'region\' must consist of letters, digits, "-" and "_", got "https://s3"'],
  ['an empty service',
    () => HttpAuth.awsSignature({ ...keys, service: '' }),
    'HttpAuth: \'service\' must consist of letters, digits, "-" and "_", got ""'],
  ['a session token that reads the resources of the step',
    () => HttpAuth.awsSignature({ ...keys, sessionToken: fromResource(kplus.ResourceFieldPaths.CPU_LIMIT) }),
    "HttpAuth: 'sessionToken' must name the container whose resources it reads, got nothing; "
      + 'pass { container } to EnvValue.fromResource, or it would be the step itself'],
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
      + 'write HttpAuth.basic(user, password), HttpAuth.clientCertificate(certificate, key) '
      + 'or HttpAuth.awsSignature(options) [shop/web/download]'],
  ['a signature beside a header that says who asks',
    () => new DownloadConfig(deployment(), 'download', {
      url: 'http://a', auth: signature, headers: { authorization: 'x' },
    }),
    "DownloadConfig: 'auth' must be left out beside the header authorization, got a signature; "
      + 'a request has one of them [shop/web/download]'],
  ['a path that S3 would sign otherwise',
    () => new DownloadConfig(deployment(), 'download', { url: "https://s3/a=b/c d's+%2f", auth: signature }),
    "DownloadConfig: 'url' must consist of printable ASCII characters without spaces, "
      + 'got "https://s3/a=b/c d\'s+%2f"; percent-encode the others [shop/web/download]'],
  ['a signed path with characters that S3 would encode',
    () => new DownloadConfig(deployment(), 'download', { url: "https://s3/a=b/c's+%2f?x=+", auth: signature }),
    `DownloadConfig: 'url' ${ENCODED}, got "/a=b/c's+%2f"; write /a%3Db/c%27s%2B%2F [shop/web/download]`],
  ['a signed path with a variable and characters that S3 would encode',
    () => new DownloadConfig(deployment(), 'download', {
      url: 'https://s3/v=${V}/a', variables: { V: secretKey }, auth: signature,
    }),
    `DownloadConfig: 'url' ${ENCODED}, got "/v=\${V}/a" [shop/web/download]`],
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
  ['the id of a key that stands in the YAML',
    () => HttpAuth.awsSignature({ ...keys, accessKeyId: fromValue('AKIAX') })],
  ['a path of another service', () => {
    const auth = HttpAuth.awsSignature({ ...keys, service: 'execute-api' });
    new DownloadConfig(deployment(), 'download', { url: 'https://api/a=b', auth });
  }],
  ['an empty password, beside a key that is the user', () => HttpAuth.basic(secretKey, fromValue(''))],
  ['a key that an earlier step writes', () => {
    const web = deployment();
    const { file } = new DownloadConfig(web, 'key', { url: 'http://a/key' });
    const auth = HttpAuth.clientCertificate(pem, FileSource.fromShared(file));
    new WaitForService(web, 'wait', { endpoints: [Endpoint.http('https://api', { auth })] });
  }],
]);
