/** Passwords that somebody writes where they do not belong: the refusal does not repeat them. */
import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { DownloadConfig, Endpoint, GenerateConfig, HttpAuth, FileSource, InitStep } from '../src';

const { fromValue, fromSecretValue } = kplus.EnvValue;
const any = (value: unknown): any => value;
const SECRET_VALUE = 'must be an EnvValue, got a text; write EnvValue.fromSecretValue({ secret, key })';
const secret = fromSecretValue({ secret: { name: 'db' } as kplus.ISecret, key: 'key' });

testRefusals('a place for values of Secrets', [
  ['a URL that is a text', () => Endpoint.urlFrom(any('postgres://u:hunter2@db/x')), `Endpoint: 'url' ${SECRET_VALUE}`],
  ['a user that is a text', () => HttpAuth.basic(any('hunter2'), secret), `HttpAuth: 'user' ${SECRET_VALUE}`],
  ['a password that is a text',
    () => HttpAuth.basic(fromValue('u'), any('hunter2')), `HttpAuth: 'password' ${SECRET_VALUE}`],
  ['a user with the password behind it', () => HttpAuth.basic(fromValue('u:hunter2'), secret),
    "HttpAuth: 'user' must not hold a colon, where the password would begin, got one"],
  ['a variable of a header', () => Endpoint.http('http://api', { variables: { TOKEN: any('hunter2') } }),
    `Endpoint: 'variables.TOKEN' ${SECRET_VALUE}`],
  ['a variable of a download', () => new DownloadConfig(deployment(), 'download', {
    url: 'http://api', variables: { TOKEN: any('hunter2') },
  }), `DownloadConfig: 'variables.TOKEN' ${SECRET_VALUE} [shop/web/download]`],
  ['a variable of a template', () => new GenerateConfig(deployment(), 'generate', {
    template: FileSource.inline('${TOKEN}'), variables: { TOKEN: any('hunter2') },
  }), `GenerateConfig: 'variables.TOKEN' ${SECRET_VALUE} [shop/web/generate]`],
]);

const NO_HOST = 'must be a host name or an IP address, got';

testRefusals('a URL with a password', [
  ['as a host', () => Endpoint.tcp('postgres://u:hunter2@db', 5432),
    `Endpoint: 'host' ${NO_HOST} "postgres://u:…@db"; write Endpoint.tcp('db', 5432, { appProtocol: `
      + 'AppProtocol.POSTGRES })'],
  ['as a host, with a raw slash', () => Endpoint.tcp('postgres://u:12/hunter2@db', 5432),
    `Endpoint: 'host' ${NO_HOST} "postgres://u:…@db"; write Endpoint.tcp('db', 5432, { appProtocol: `
      + 'AppProtocol.POSTGRES })'],
  ['without a scheme', () => Endpoint.http('u:hunter2@db:8081'),
    "Endpoint: 'url' must begin with http:// or https://, got \"u:…@db:8081\""],
  ['as a name', () => Endpoint.dns('http://u:hunter2@db'),
    "Endpoint: 'name' must be a host name, got \"http://u:…@db\"; write Endpoint.http('http://db')"],
  ['as a Service', () => Endpoint.service(any('http://u:hunt er@db')),
    "Endpoint: 'service' must be a Service, got \"http://u:…@db\"; write Endpoint.http('http://db')"],
  ['as the properties of a step', () => new InitStep(deployment(), 'step', any('u:hunter2@db')),
    "InitStep: 'props' must be an object with properties, got \"u:…@db\" [shop/web/step]"],
  ['but an image with its digest is said', () => Endpoint.tcp('busybox:1@sha256:abc', 80),
    `Endpoint: 'host' ${NO_HOST} "busybox:1@sha256:abc"`],
]);
