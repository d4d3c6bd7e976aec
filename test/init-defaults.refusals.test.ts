import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { InitDefaults, InitStep } from '../src';

const text = kplus.EnvValue.fromValue('x');
const longText = kplus.EnvValue.fromValue('x'.repeat(128 * 1024));

testRefusals('InitDefaults', [
  ['defaults after the first step',
    () => {
      const web = deployment();
      new InitStep(web, 'wait', { command: ['true'] });
      InitDefaults.set(web, {});
    },
    'InitDefaults: step shop/web/wait already exists and would miss these defaults; '
      + 'set them before the first step below their scope [shop/web]'],
  ['defaults after a step further below',
    () => {
      const web = deployment();
      new InitStep(new Construct(web, 'bundle'), 'wait', { command: ['true'] });
      InitDefaults.set(web.node.root as Construct, {});
    },
    'InitDefaults: step shop/web/bundle/wait already exists and would miss these defaults; '
      + 'set them before the first step below their scope'],
  ['a shell image with a space',
    () => InitDefaults.set(deployment(), { shellImage: 'busybox 1.37' }),
    "InitDefaults: 'shellImage' must be an image reference without spaces, "
      + 'got "busybox 1.37" [shop/web]'],
  ['a curl image with a space',
    () => InitDefaults.set(deployment(), { curlImage: 'curl 8' }),
    "InitDefaults: 'curlImage' must be an image reference without spaces, "
      + 'got "curl 8" [shop/web]'],
  ['a default variable that has no name',
    () => InitDefaults.set(deployment(), { env: { 'A B': text } }),
    "InitDefaults: 'env' must have names that Kubernetes takes for environment variables, "
      + 'got "A B" [shop/web]'],
  ['a default variable that is too long',
    () => InitDefaults.set(deployment(), { env: { LONG: longText } }),
    "InitDefaults: 'env' must fit into 128 KiB, name and value together, "
      + 'got 131078 bytes in LONG [shop/web]'],
  ['a registry with a scheme',
    () => InitDefaults.set(deployment(), { registry: 'https://registry.corp.example' }),
    "InitDefaults: 'registry' must be a registry with an optional path, "
      + 'without scheme or final "/", got "https://registry.corp.example" [shop/web]'],
  ['a cluster domain that is a URL',
    () => InitDefaults.set(deployment(), { clusterDomain: 'https://cluster.local' }),
    "InitDefaults: 'clusterDomain' must be a DNS domain, "
      + 'got "https://cluster.local" [shop/web]'],
  ['a default that no step could take',
    () => InitDefaults.set(deployment(), { timeout: Duration.millis(1) }),
    "InitDefaults: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 0.001 s [shop/web]'],
]);
